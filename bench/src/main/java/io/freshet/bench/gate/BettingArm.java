package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.MarginTest;

/** Betting with a margin, looked at after every discordant pair and at the end. */
final class BettingArm extends Arm {

    private final double threshold;
    private MarginTest test;

    BettingArm(MarginTest test, double alpha) {
        this.test = test;
        threshold = -Math.log(alpha);
    }

    @Override
    void discordant(long skipped, int sign, long position) {
        look(skipped, position - 1); // concordant pairs are evidence too where the margin is below 0
        test = test.add(sign);
        look(0, position);
    }

    @Override
    void end(long length) {
        look(length - test.count(), length);
    }

    private void look(long concordant, long position) {
        test = test.addRun(0, concordant);
        if (test.logEvidence() >= threshold) {
            promote(position);
        }
    }
}
