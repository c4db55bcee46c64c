package io.freshet.evaluator.policy;

import java.util.List;

/**
 * How a promotion is watched afterwards: see {@link io.freshet.evaluator.statistics.RollbackDetector}.
 *
 * @param pairs pairs for which the champion before is scored on, at least 1
 * @param alpha the detector alarms at 1 / alpha, in (0, 1)
 * @param tolerance by how much the new champion may be worse, in [0, 1)
 * @param bets the detector's lambdas, each in (0, 1 / (1 + tolerance)), at least one
 */
public record Watch(long pairs, double alpha, double tolerance, List<Double> bets) {

    public static final Watch DEFAULTS = new Watch(20_000, 1e-6, 0, List.of(0.1, 0.2, 0.4));

    public Watch {
        bets = List.copyOf(bets);
        if (pairs < 1 || !(alpha > 0 && alpha < 1) || !(tolerance >= 0 && tolerance < 1)) { // NaN fails too
            throw new IllegalArgumentException("pairs %d must be at least 1, alpha %s in (0, 1), tolerance %s in [0, 1)"
                    .formatted(pairs, alpha, tolerance));
        }
        double most = 1 / (1 + tolerance);
        if (bets.isEmpty() || bets.stream().anyMatch(bet -> !(bet > 0 && bet < most))) {
            throw new IllegalArgumentException("bets %s: at least one, each in (0, %s)".formatted(bets, most));
        }
    }
}
