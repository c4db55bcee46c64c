package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Metric;
import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.evaluator.statistics.ConfidenceSequence;
import io.freshet.schemas.Pair;
import java.util.Optional;

/**
 * What the differences in the primary metric say, each in [-1, 1] with 1 the width of the metric's range. Immutable.
 *
 * @param interval of candidate and champion
 * @param better evidence that the candidate is better than the champion by more than the policy's margin
 * @param within evidence that it is worse than the champion by less than the policy's other margin; empty where that is not asked
 * @param anchor evidence that it is worse than the anchor by less than the policy's margin; empty where that is not asked
 */
record Differences(ConfidenceSequence interval, BettingProcess better, BettingProcess within, BettingProcess anchor) {

    static final Differences NONE =
            new Differences(ConfidenceSequence.EMPTY, BettingProcess.EMPTY, BettingProcess.EMPTY, BettingProcess.EMPTY);

    /** How many numbers they take. */
    static final int SIZE = StoredStatistics.SEQUENCE + 3 * StoredStatistics.PROCESS;

    /** Folds one pair, of which champion and candidate say the metric. */
    Differences add(Pair pair, Rules rules) {
        GatePolicy policy = rules.policy();
        Metric metric = policy.primary().metric();
        double width = Answer.width(metric, policy, pair);
        Answer candidate = Answer.ofCandidate(pair);
        double d = candidate.betterThan(Answer.ofChampion(pair), metric, width);
        return new Differences(
                interval.add(d, rules.alpha()),
                better.add(d, policy.primary().margin() / width),
                policy.primary().within().isPresent()
                        ? within.add(d, -policy.primary().within().getAsDouble() / width)
                        : within,
                rules.anchorMargin().isPresent()
                        ? addAnchor(
                                pair,
                                rules,
                                candidate,
                                width,
                                rules.anchorMargin().getAsDouble())
                        : anchor);
    }

    private BettingProcess addAnchor(Pair pair, Rules rules, Answer candidate, double width, double margin) {
        Metric metric = rules.policy().primary().metric();
        Optional<Answer> old = Answer.ofAnchor(pair, rules).filter(answer -> answer.says(metric));
        return old.isPresent() ? anchor.add(candidate.betterThan(old.get(), metric, width), -margin / width) : anchor;
    }

    /** Whether the candidate is worse than any that could be promoted, at the trial's futility level. */
    boolean hopeless(Rules rules, double width) {
        double least = rules.policy().primary().within().isPresent()
                ? -rules.policy().primary().within().getAsDouble()
                : rules.policy().primary().margin();
        return interval.count() > 0
                && interval.interval(rules.trial().getFutilityAlpha()).high() < least / width;
    }

    void write(long[] to, int at) {
        StoredStatistics.write(interval, to, at);
        StoredStatistics.write(better, to, at + StoredStatistics.SEQUENCE);
        StoredStatistics.write(within, to, at + StoredStatistics.SEQUENCE + StoredStatistics.PROCESS);
        StoredStatistics.write(anchor, to, at + StoredStatistics.SEQUENCE + 2 * StoredStatistics.PROCESS);
    }

    static Differences read(long[] from, int at) {
        return new Differences(
                StoredStatistics.sequence(from, at),
                StoredStatistics.process(from, at + StoredStatistics.SEQUENCE),
                StoredStatistics.process(from, at + StoredStatistics.SEQUENCE + StoredStatistics.PROCESS),
                StoredStatistics.process(from, at + StoredStatistics.SEQUENCE + 2 * StoredStatistics.PROCESS));
    }
}
