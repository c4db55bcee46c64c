package io.freshet.evaluator.statistics;

/**
 * A test whether a candidate is better by more than a margin, or worse by less than one, on differences of a bounded score
 * ({@link ScoreRange}). The margin is fixed with the test: one that changed on the way would void the evidence. Immutable.
 *
 * @param margin delta of {@link BettingProcess}, in (-1, 1)
 * @param process the bets so far, all made at that margin
 */
public record MarginTest(double margin, BettingProcess process) {

    public MarginTest {
        if (!(margin > -1 && margin < 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("margin %s is outside (-1, 1)".formatted(margin));
        }
    }

    /**
     * Opens a test whose null is "not better by more than the margin".
     *
     * @param margin in [0, 1)
     */
    public static MarginTest superiority(double margin) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("margin %s of a superiority test is below 0".formatted(margin));
        }
        return new MarginTest(margin, BettingProcess.EMPTY);
    }

    /**
     * Opens a test whose null is "worse by the margin or more".
     *
     * @param margin in (0, 1)
     */
    public static MarginTest nonInferiority(double margin) {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("margin %s of a non-inferiority test is not above 0".formatted(margin));
        }
        return new MarginTest(-margin, BettingProcess.EMPTY);
    }

    /** Folds one more difference in [-1, 1], positive where the candidate is better. */
    public MarginTest add(double difference) {
        return new MarginTest(margin, process.add(difference, margin));
    }

    /** Folds the same difference several times; see {@link BettingProcess#addRun}. */
    public MarginTest addRun(double difference, long times) {
        return new MarginTest(margin, process.addRun(difference, times, margin));
    }

    /** Returns how many differences were folded. */
    public long count() {
        return process.count();
    }

    /** Returns ln E, finite. */
    public double logEvidence() {
        return process.logWealth();
    }

    /**
     * Whether the null is refuted now.
     *
     * @param alpha probability of ever refuting a true null, in (0, 1)
     */
    public boolean refutes(double alpha) {
        return logEvidence() >= -Math.log(alpha);
    }
}
