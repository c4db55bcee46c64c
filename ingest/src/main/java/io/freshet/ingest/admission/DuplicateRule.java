package io.freshet.ingest.admission;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Tells a repeated example from a new one and from one that contradicts what its id stood for. */
public final class DuplicateRule {

    private DuplicateRule() {}

    /** What an example is to those before it. */
    public sealed interface Verdict {
        /** The id was not seen within the window. */
        record New() implements Verdict {}

        /** The same text and label under the same id: dropped and counted. */
        record Repeated() implements Verdict {}

        /** Another text or label under the same id. */
        record Conflicting(Rejection rejection) implements Verdict {}
    }

    /**
     * Judges an example by what its id stood for.
     *
     * @param earlier fingerprint of the content first admitted under this id within the window; null for none
     * @param content fingerprint of this example's content
     */
    public static Verdict judge(LabeledExample example, @Nullable String earlier, String content) {
        if (earlier == null) {
            return new Verdict.New();
        }
        if (earlier.equals(content)) {
            return new Verdict.Repeated();
        }
        return new Verdict.Conflicting(new Rejection(
                RejectionReason.ID_CONFLICT,
                "id '%s' came before with another text or label; the first is kept, send this one under an id of its own"
                        .formatted(Rejection.shown(example.getId()))));
    }
}
