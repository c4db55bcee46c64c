package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.RollbackDetector;
import java.util.List;

/** A detector that watches a promoted model; a stream's sign 1 is a pair that the new model won. */
final class RollbackArm extends Arm {

    private final double alpha;
    private RollbackDetector detector;

    RollbackArm(List<Double> bets, double alpha) {
        this.alpha = alpha;
        detector = RollbackDetector.start(bets, 0);
    }

    @Override
    void discordant(long skipped, int sign, long position) {
        look(skipped, position - 1);
        detector = detector.add(sign);
        look(0, position);
    }

    @Override
    void end(long length) {
        look(length - detector.pairs(), length);
    }

    private void look(long equal, long position) {
        detector = detector.addEqual(equal);
        if (detector.alarms(alpha)) {
            promote(position);
        }
    }
}
