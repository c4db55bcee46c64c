package io.freshet.evaluator.gate;

import io.freshet.schemas.Trial;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence of a trial says.
 *
 * @param decision promote, keep or defer
 * @param reason code of the reason
 * @param detail why the candidate failed, in words; null where it did not
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
     * Judges the evidence as it stands now, by the rules under which its trial opened: the candidate is promoted when E reaches 1
     * over the trial's error budget.
     */
    static Verdict of(Evidence evidence, Rules rules) {
        Trial trial = rules.trial();
        if (evidence.pairs() < trial.getMinPairs()) {
            return new Verdict(Decision.DEFER, "pairs.below.minimum");
        }
        if (evidence.logEvidence(rules) >= -Math.log(trial.getAlpha())) {
            return new Verdict(Decision.PROMOTE, "evidence.reached");
        }
        if (evidence.against(rules)) {
            return new Verdict(Decision.KEEP, "evidence.against");
        }
        if (evidence.pairs() >= trial.getMaxPairs()) {
            return new Verdict(Decision.KEEP, "pairs.maximum");
        }
        return new Verdict(Decision.DEFER, "evidence.insufficient");
    }
}
