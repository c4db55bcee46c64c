package io.freshet.evaluator.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * E-detector of Shiryaev-Roberts form (Shin, Ramdas, Rinaldo, "E-detectors", 2023): has a promoted model become worse than the one
 * it replaced, at some moment since?
 *
 * <p>With d = new - old, {@code f_t = 1 + lambda (-d_t - delta)} and R_0 = 0, {@code R_t = (R_{t-1} + 1) f_t}; the statistic is
 * the mean of R over the given lambdas, itself an e-detector. While the new model is worse by no more than delta, 1/alpha bounds
 * the <em>average</em> number of pairs to an alarm from below. That is no promise of silence: at alpha 1e-4 most unchanged
 * streams raise one within 20,000 pairs, at 1e-6 about one in fifty. Immutable.
 *
 * @param bets the lambdas, each in (0, 1 / (1 + tolerance)), at least one
 * @param tolerance delta, in [0, 1)
 * @param pairs differences folded
 * @param logs ln R of each bet; negative infinity before the first pair
 */
public record RollbackDetector(List<Double> bets, double tolerance, long pairs, List<Double> logs) {

    public RollbackDetector {
        bets = List.copyOf(bets);
        logs = List.copyOf(logs);
        if (!(tolerance >= 0 && tolerance < 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("tolerance %s is outside [0, 1)".formatted(tolerance));
        }
        double most = 1 / (1 + tolerance);
        if (bets.isEmpty() || bets.stream().anyMatch(bet -> !(bet > 0 && bet < most))) {
            throw new IllegalArgumentException("bets %s: at least one, each in (0, %s)".formatted(bets, most));
        }
        if (logs.size() != bets.size()) {
            throw new IllegalArgumentException("%d statistics for %d bets".formatted(logs.size(), bets.size()));
        }
    }

    /** Starts at a promotion. */
    public static RollbackDetector start(List<Double> bets, double tolerance) {
        return new RollbackDetector(bets, tolerance, 0, Collections.nCopies(bets.size(), Double.NEGATIVE_INFINITY));
    }

    /**
     * Folds one more pair.
     *
     * @param difference by how much the new model is better than the old one, in [-1, 1]
     */
    public RollbackDetector add(double difference) {
        if (!(difference >= -1 && difference <= 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("difference %s is outside [-1, 1]".formatted(difference));
        }
        List<Double> next = new ArrayList<>(bets.size());
        for (int i = 0; i < bets.size(); i++) {
            next.add(LogSums.add(logs.get(i), 0) + Math.log1p(bets.get(i) * (-difference - tolerance)));
        }
        return new RollbackDetector(bets, tolerance, pairs + 1, next);
    }

    /**
     * Folds pairs on which the two are equal, at once: with f = 1 - lambda delta, R becomes R f^n + f + f^2 + .. + f^n.
     *
     * @param times n, at least 0
     */
    public RollbackDetector addEqual(long times) {
        if (times < 0) {
            throw new IllegalArgumentException("times %d is below 0".formatted(times));
        }
        if (times == 0) {
            return this;
        }
        List<Double> next = new ArrayList<>(bets.size());
        for (int i = 0; i < bets.size(); i++) {
            double factor = Math.log1p(-bets.get(i) * tolerance);
            double powers = tolerance == 0
                    ? Math.log((double) times)
                    : factor + Math.log(Math.expm1(times * factor) / Math.expm1(factor));
            next.add(LogSums.add(logs.get(i) + times * factor, powers));
        }
        return new RollbackDetector(bets, tolerance, pairs + times, next);
    }

    /** Returns the logarithm of the statistic; negative infinity before the first pair. */
    public double logStatistic() {
        return LogSums.mean(logs);
    }

    /**
     * Whether to roll back now.
     *
     * @param alpha in (0, 1); see above for what it promises
     */
    public boolean alarms(double alpha) {
        return logStatistic() >= -Math.log(alpha);
    }
}
