package io.freshet.cli.audit;

import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether pairs say what the scorers had published first. */
final class RecordedScoresCheck {

    private RecordedScoresCheck() {}

    static Check of(CaseFile file) {
        List<String> wrong = new ArrayList<>();
        long compared = 0;
        long gone = 0;
        for (Pair pair : file.pairs()) {
            for (Seat.Role role : Seat.Role.of(file.opened())) {
                Optional<ExampleScore> entry = file.scores().counted(role.checkpoint(file.opened()), pair, role);
                if (entry.isEmpty()) {
                    gone++;
                    continue;
                }
                compared++;
                Seat recorded = Seat.of(pair, role);
                Seat published = Seat.of(entry.get(), role);
                if (recorded.distance(published) > 0) {
                    wrong.add("pair %d on %s, %s: the pair says %s, the score %s"
                            .formatted(pair.getIndex(), Place.of(pair), role.title(), recorded, published));
                }
            }
        }
        return Check.of(
                "published scores",
                "%,d compared with the pairs%s"
                        .formatted(
                                compared,
                                gone == 0
                                        ? ""
                                        : "; %,d are gone from the topic (retention), so that pairs cannot be compared with them"
                                                .formatted(gone)),
                wrong);
    }
}
