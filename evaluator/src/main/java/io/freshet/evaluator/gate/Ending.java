package io.freshet.evaluator.gate;

/**
 * By what a trial ends.
 *
 * @param outcome as the closing record says it; a candidate that may be promoted is either promoted or waits to be let through,
 *     which is not decided here
 */
record Ending(Verdict verdict, String outcome) {

    /** The trial ends because of the anchor, not of the candidate. */
    static final String ANCHOR_FAILED = "anchor.failed";

    static Ending failed(Verdict verdict) {
        return new Ending(verdict, "failed");
    }

    static Ending judged(Verdict verdict) {
        return new Ending(verdict, verdict.reason().startsWith("guard.") ? "failed" : "futile");
    }

    static Ending yielded() {
        return new Ending(Verdict.YIELD, "abandoned");
    }
}
