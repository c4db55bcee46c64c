package io.freshet.ingest.admission;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.split.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a text on the side on which it first arrived. Only groups can lead the same text to both. */
public final class CrossingRule {

    private CrossingRule() {}

    /**
     * Returns why an example may not go to {@code side}, or nothing.
     *
     * @param earlier side on which the same normalised text was admitted before; null for none
     */
    public static Optional<Rejection> judge(LabeledExample example, @Nullable Side earlier, Side side) {
        if (earlier == null || earlier == side) {
            return Optional.empty();
        }
        String group = example.getGroup();
        return Optional.of(new Rejection(
                RejectionReason.SPLIT_CROSSING,
                "%s puts it on side %s, but the same text is on side %s; a text on both sides would be scored after it was learned"
                        .formatted(
                                group == null ? "its text" : "group '%s'".formatted(Rejection.shown(group)),
                                side,
                                earlier)));
    }
}
