package io.freshet.evaluator.gate;

/**
 * What the evidence of a trial says.
 *
 * @param decision promote, keep or defer
 * @param reason code of the reason
 */
record Verdict(Decision decision, String reason) {

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

    static final Verdict CANDIDATE_FAILED = new Verdict(Decision.KEEP, "candidate.failed");
    static final Verdict YIELD = new Verdict(Decision.KEEP, "candidate.newer");
    static final Verdict EXHAUSTED = new Verdict(Decision.DEFER, "examples.exhausted");

    /**
     * Judges the evidence as it stands now.
     *
     * @param alpha error budget of the trial: the candidate is promoted when E reaches 1 / alpha
     * @param futilityAlpha the trial is futile when the evidence against the candidate reaches 1 / futilityAlpha
     */
    static Verdict of(Progress progress, double alpha, double futilityAlpha, long minPairs, long maxPairs) {
        if (progress.pairs() < minPairs) {
            return new Verdict(Decision.DEFER, "pairs.below.minimum");
        }
        if (progress.logEvidence() >= -Math.log(alpha)) {
            return new Verdict(Decision.PROMOTE, "evidence.reached");
        }
        if (progress.logEvidenceAgainst() >= -Math.log(futilityAlpha)) {
            return new Verdict(Decision.KEEP, "evidence.against");
        }
        if (progress.pairs() >= maxPairs) {
            return new Verdict(Decision.KEEP, "pairs.maximum");
        }
        return new Verdict(Decision.DEFER, "evidence.insufficient");
    }
}
