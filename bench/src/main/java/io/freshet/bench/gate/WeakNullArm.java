package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.WeakNullMixture;

/**
 * The weak-null mixture with margin 0, looked at after every win: other pairs leave the sum as it is or lower it and raise the
 * variation, and with both the evidence falls.
 */
final class WeakNullArm extends Arm {

    private final double rho;
    private final double threshold;
    private WeakNullMixture mixture = WeakNullMixture.EMPTY;

    /**
     * @param variation at which it is tightest
     */
    WeakNullArm(double variation, double alpha) {
        rho = WeakNullMixture.rho(variation, alpha);
        threshold = -Math.log(alpha);
    }

    @Override
    void discordant(long skipped, int sign, long position) {
        for (long pair = 0; pair < skipped; pair++) {
            mixture = mixture.add(0);
        }
        mixture = mixture.add(sign);
        if (sign > 0 && mixture.sum() > 0 && mixture.logEvidence(0, rho) >= threshold) {
            promote(position);
        }
    }
}
