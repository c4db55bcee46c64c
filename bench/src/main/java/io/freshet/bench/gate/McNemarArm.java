package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.SequentialMcNemar;

/** Sequential McNemar, looked at after every pair. Only a win can raise the evidence, so only then it is computed. */
final class McNemarArm extends Arm {

    private static final double LN_2 = Math.log(2);

    private final double threshold;
    private double highest;
    private long wins;
    private long losses;

    McNemarArm(double alpha) {
        threshold = -Math.log(alpha);
    }

    @Override
    void discordant(long skipped, int sign, long position) {
        if (sign < 0) {
            losses++;
            return;
        }
        wins++;
        if (bound() > Math.max(highest, threshold)) {
            highest = Math.max(highest, SequentialMcNemar.logEvidence(wins, losses));
        }
        if (highest >= threshold) {
            promote(position);
        }
    }

    /** A mixture of likelihood ratios is at most the largest of them, that at the observed share. */
    private double bound() {
        if (wins <= losses) {
            return 0;
        }
        double n = wins + losses;
        return n * LN_2 + wins * Math.log(wins / n) + (losses == 0 ? 0 : losses * Math.log(losses / n));
    }
}
