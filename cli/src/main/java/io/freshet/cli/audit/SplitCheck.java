package io.freshet.cli.audit;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.split.HeldOutSplit;
import io.freshet.schemas.split.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the pairs are on examples that the split holds out, and say of them what the topic says. */
final class SplitCheck {

    private SplitCheck() {}

    static Check of(CaseFile file) {
        List<String> wrong = new ArrayList<>();
        long gone = 0;
        SplitSettings recorded = file.split().orElse(null);
        if (recorded == null) {
            wrong.add("no split is recorded, so that nobody can say what is held out");
        }
        for (Pair pair : file.pairs()) {
            LabeledExample example = file.heldOut().get(Place.of(pair));
            if (example == null) {
                gone++;
                continue;
            }
            if (!same(pair, example)) {
                wrong.add(
                        "pair %d says that %s is '%s' of group '%s' with label '%s', the topic has '%s' of group '%s' with label '%s'"
                                .formatted(
                                        pair.getIndex(),
                                        Place.of(pair),
                                        pair.getExampleId(),
                                        pair.getGroup(),
                                        pair.getLabel(),
                                        example.getId(),
                                        example.getGroup(),
                                        example.getLabel()));
            }
            if (recorded != null && side(recorded, example) != Side.HELD_OUT) {
                wrong.add("example '%s' at %s is on the side that is learned from"
                        .formatted(example.getId(), Place.of(pair)));
            }
        }
        return Check.of("held-out side", summary(file, recorded, gone), wrong);
    }

    private static String summary(CaseFile file, @Nullable SplitSettings recorded, long gone) {
        return "the split was computed again for %,d examples%s%s"
                .formatted(
                        file.pairs().size() - gone,
                        recorded == null
                                ? ""
                                : " from salt '%s' and fraction %s"
                                        .formatted(recorded.getSalt(), recorded.getFraction()),
                        gone == 0 ? "" : "; %,d are gone from the topic (retention)".formatted(gone));
    }

    private static Side side(SplitSettings split, LabeledExample example) {
        return new HeldOutSplit(split.getFraction(), split.getSalt()).sideOf(example);
    }

    private static boolean same(Pair pair, LabeledExample example) {
        boolean languageModel = pair.getChampionBits() != null;
        return pair.getExampleId().equals(example.getId())
                && Objects.equals(pair.getGroup(), example.getGroup())
                && (languageModel || pair.getLabel().equals(Objects.requireNonNullElse(example.getLabel(), "")));
    }
}
