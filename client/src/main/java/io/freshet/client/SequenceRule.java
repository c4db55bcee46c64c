package io.freshet.client;

/**
 * Which champion follows which: one with a higher sequence always (numbers may be skipped), any other only where its
 * record says that it is a rollback.
 */
final class SequenceRule {

    private SequenceRule() {}

    /** What becomes of an offered champion. */
    enum Verdict {
        FOLLOW,
        SAME,
        STALE
    }

    static Verdict judge(Champion reigning, Champion offered) {
        if (offered.sameModel(reigning)) {
            return Verdict.SAME;
        }
        return offered.sequence() > reigning.sequence() || offered.isRollback() ? Verdict.FOLLOW : Verdict.STALE;
    }
}
