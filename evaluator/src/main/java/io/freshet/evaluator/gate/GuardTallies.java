package io.freshet.evaluator.gate;

import io.freshet.core.measure.Calibration;
import io.freshet.evaluator.policy.Guards;
import io.freshet.evaluator.policy.Metric;
import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.evaluator.statistics.LabelTally;
import io.freshet.schemas.GuardFinding;
import io.freshet.schemas.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy's guards over the pairs of the open trial, a few numbers each. */
final class GuardTallies {

    static final String FAILED = "failed";
    static final String LATENCY = "latency";

    private static final String PREFIX = "guard/";
    private static final String LOG_LOSS = "log.loss";
    private static final String BRIER = "brier";

    private final Table<long[]> counters;
    private final LabelTallies tallies;

    /** @param tallies the answers by label and their calibration, counted over the same pairs */
    GuardTallies(Table<long[]> counters, LabelTallies tallies) {
        this.counters = counters;
        this.tallies = tallies;
    }

    /** Counts one pair. A pair of which a metric is not known says nothing about that guard. */
    void add(Pair pair, Rules rules) {
        Guards guards = rules.policy().guards();
        guards.logLossMargin().ifPresent(margin -> bet(LOG_LOSS, Metric.LOG_LOSS, margin, pair, rules));
        guards.brierMargin().ifPresent(margin -> bet(BRIER, Metric.BRIER, margin, pair, rules));
        if (guards.latency().isPresent()) {
            long[] before = latencies();
            counters.put(PREFIX + LATENCY, new long[] {
                before[0] + 1, before[1] + pair.getChampionLatencyMicros(), before[2] + pair.getCandidateLatencyMicros()
            });
        }
    }

    private void bet(String guard, Metric metric, double margin, Pair pair, Rules rules) {
        Answer champion = Answer.ofChampion(pair);
        Answer candidate = Answer.ofCandidate(pair);
        if (champion.says(metric) && candidate.says(metric)) {
            double width = Answer.width(metric, rules.policy(), pair);
            long[] changed = new long[StoredStatistics.PROCESS];
            StoredStatistics.write(
                    process(guard).add(candidate.betterThan(champion, metric, width), -margin / width), changed, 0);
            counters.put(PREFIX + guard, changed);
        }
    }

    /** Returns where each guard stands, sorted by name. */
    List<GuardFinding> findings(Rules rules, Evidence evidence) {
        Guards guards = rules.policy().guards();
        List<GuardFinding> findings = new ArrayList<>();
        double needed = -Math.log(rules.policy().alpha());
        guards.logLossMargin().ifPresent(margin -> findings.add(bets(LOG_LOSS, needed)));
        guards.brierMargin().ifPresent(margin -> findings.add(bets(BRIER, needed)));
        guards.calibration().ifPresent(most -> findings.add(calibration(most)));
        guards.negativeFlips().ifPresent(most -> {
            double rate = evidence.pairs() == 0 ? 0 : (double) evidence.losses() / evidence.pairs();
            findings.add(finding("negative.flips", rate, most, evidence.pairs() > 0 && rate <= most));
        });
        guards.recall().forEach(floor -> findings.add(recall(floor)));
        latency(rules).ifPresent(findings::add);
        findings.sort(Comparator.comparing(GuardFinding::getGuard));
        return findings;
    }

    /** Returns where the latency stands; empty where the policy does not limit it. */
    Optional<GuardFinding> latency(Rules rules) {
        return rules.policy().guards().latency().map(limit -> {
            long[] sums = latencies();
            double ratio = (double) sums[2] / Math.max(1, sums[1]); // a clock may say 0 microseconds
            boolean few = sums[0] < limit.minPairs();
            String state = ratio <= limit.ratio() ? SliceTallies.PASSING : FAILED;
            return new GuardFinding(LATENCY, ratio, limit.ratio(), few ? SliceTallies.UNPROTECTED : state);
        });
    }

    void clear() {
        counters.removeAll(PREFIX);
    }

    private GuardFinding bets(String guard, double needed) {
        double evidence = process(guard).logWealth();
        return finding(guard, evidence, needed, evidence >= needed);
    }

    private GuardFinding calibration(double most) {
        Calibration champion = tallies.calibration(GateState.Role.CHAMPION);
        Calibration candidate = tallies.calibration(GateState.Role.CANDIDATE);
        double worse = candidate.expectedError() - champion.expectedError();
        boolean known = champion.count() > 0 && candidate.count() > 0;
        return finding("calibration", worse, most, known && worse <= most);
    }

    private GuardFinding recall(Guards.RecallFloor floor) {
        LabelTally tally = tallies.of(GateState.Role.CANDIDATE, floor.label());
        String name = "recall." + floor.label();
        return tally.truths() < floor.minExamples()
                ? new GuardFinding(name, tally.recall(), floor.floor(), SliceTallies.UNPROTECTED)
                : finding(name, tally.recall(), floor.floor(), tally.recall() >= floor.floor());
    }

    private static GuardFinding finding(String guard, double value, double limit, boolean passes) {
        return new GuardFinding(guard, value, limit, passes ? SliceTallies.PASSING : SliceTallies.OPEN);
    }

    private BettingProcess process(String guard) {
        long @Nullable [] stored = counters.get(PREFIX + guard);
        return stored == null ? BettingProcess.EMPTY : StoredStatistics.process(stored, 0);
    }

    /** Pairs, then the champion's and the candidate's microseconds. */
    private long[] latencies() {
        long[] stored = counters.get(PREFIX + LATENCY);
        return stored == null ? new long[3] : stored;
    }
}
