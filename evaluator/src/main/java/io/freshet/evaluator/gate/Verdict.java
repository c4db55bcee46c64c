package io.freshet.evaluator.gate;

import io.freshet.schemas.Trial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence of a trial says.
 *
 * @param decision promote, keep or defer
 * @param reason code of the reason
 * @param detail why the candidate failed or what blocks it, in words; null where nothing does
 */
record Verdict(Decision decision, String reason, @Nullable String detail) {

    /** What becomes of the candidate. */
    enum Decision {
        PROMOTE("promote"),
        KEEP("keep"),
        DEFER("defer");

        private final String code;

        Decision(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static final Verdict YIELD = new Verdict(Decision.KEEP, "candidate.newer");
    static final Verdict EXHAUSTED = new Verdict(Decision.DEFER, "examples.exhausted");

    private Verdict(Decision decision, String reason) {
        this(decision, reason, null);
    }

    static Verdict candidateFailed(String why) {
        return new Verdict(Decision.KEEP, "candidate.failed", why);
    }

    static Verdict objectiveDiffers(String candidate, String gate) {
        return new Verdict(
                Decision.KEEP,
                "objective.differs",
                "it was trained with objective = %s and the gate compares with objective = %s; give all services the same"
                        .formatted(candidate, gate));
    }

    static Verdict vocabularyDiffers(String how) {
        return new Verdict(Decision.KEEP, "vocabulary.differs", how);
    }

    /**
     * Judges a trial as it stands now, by the rules under which it opened: a candidate that has shown enough against the champion is
     * promoted unless the anchor, a slice or a guard blocks; one that is too slow is rejected whatever it has shown.
     */
    static Verdict of(Standing standing) {
        Evidence evidence = standing.evidence();
        Trial trial = standing.rules().trial();
        Optional<String> tooSlow = standing.tooSlow();
        if (tooSlow.isPresent()) {
            return new Verdict(Decision.KEEP, "guard.latency", tooSlow.get());
        }
        if (evidence.pairs() < trial.getMinPairs()) {
            return new Verdict(Decision.DEFER, "pairs.below.minimum");
        }
        boolean last = evidence.pairs() >= trial.getMaxPairs();
        Optional<String> reached = standing.reached();
        if (reached.isPresent()) {
            return standing.block()
                    .map(block -> last
                            ? new Verdict(Decision.KEEP, "pairs.maximum", block.detail())
                            : new Verdict(Decision.DEFER, block.reason(), block.detail()))
                    .orElseGet(() -> new Verdict(Decision.PROMOTE, reached.get()));
        }
        if (evidence.against(standing.rules())) {
            return new Verdict(Decision.KEEP, "evidence.against");
        }
        return last
                ? new Verdict(Decision.KEEP, "pairs.maximum")
                : new Verdict(Decision.DEFER, "evidence.insufficient");
    }
}
