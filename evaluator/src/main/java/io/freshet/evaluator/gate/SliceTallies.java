package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.Metric;
import io.freshet.evaluator.policy.SliceRule;
import io.freshet.evaluator.policy.Slices;
import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SliceScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protected slices of the open trial: a few numbers a slice, however many pairs it has. A slice is told apart from the first of
 * its pairs on, as long as the policy's number of them is not reached; what belongs to later ones is only counted.
 */
final class SliceTallies {

    static final String PASSING = "passing";
    static final String OPEN = "open";
    static final String UNPROTECTED = "unprotected";

    private static final String PREFIX = "slice/";
    private static final String ALL = "slices";

    private final Table<long[]> counters;

    SliceTallies(Table<long[]> counters) {
        this.counters = counters;
    }

    /** Counts one pair, of which champion and candidate say the primary metric, in every slice that it belongs to. */
    void add(Pair pair, Rules rules) {
        List<SliceRule> all = rules.policy().slices().rules();
        for (int i = 0; i < all.size(); i++) {
            String value = value(all.get(i), pair);
            if (value != null) {
                add(pair, rules, i, all.get(i).prefix() + value);
            }
        }
    }

    private void add(Pair pair, Rules rules, int rule, String name) {
        Metric metric = rules.policy().primary().metric();
        Answer candidate = Answer.ofCandidate(pair);
        Answer champion = Answer.ofChampion(pair);
        double width = Answer.width(metric, rules.policy(), pair);
        boolean won = candidate.better(champion);
        boolean lost = champion.better(candidate);
        long[] stored = counters.get(PREFIX + name);
        if (stored == null && !admit(rules.policy().slices())) {
            count(won, lost);
            return;
        }
        Tally before = stored == null ? new Tally(rule, 0, 0, BettingProcess.EMPTY) : Tally.read(stored);
        double margin = rules.policy().slices().rules().get(before.rule).margin();
        Tally after = new Tally(
                before.rule,
                before.wins + (won ? 1 : 0),
                before.losses + (lost ? 1 : 0),
                before.process.add(candidate.betterThan(champion, metric, width), -margin / width));
        counters.put(PREFIX + name, after.toLongs());
    }

    /** Returns where each slice stands, sorted by name; last, those that were too many. */
    List<SliceScore> scores(Rules rules) {
        List<SliceScore> scores = new ArrayList<>();
        for (String key : counters.keys(PREFIX)) {
            Tally tally = Tally.read(Objects.requireNonNull(counters.get(key), "a key that was just listed"));
            scores.add(new SliceScore(
                    key.substring(PREFIX.length()),
                    tally.process.count(),
                    tally.wins,
                    tally.losses,
                    tally.process.logWealth(),
                    state(tally, rules)));
        }
        long[] all = counters.get(ALL);
        if (all != null && all[1] > 0) {
            scores.add(new SliceScore(
                    "(all beyond the first %d)".formatted(all[0]), all[1], all[2], all[3], 0.0, UNPROTECTED));
        }
        return scores;
    }

    void clear() {
        counters.removeAll(PREFIX);
        counters.remove(ALL);
    }

    private static String state(Tally tally, Rules rules) {
        SliceRule rule = rules.policy().slices().rules().get(tally.rule);
        if (tally.process.count() < rule.minPairs()) {
            return UNPROTECTED;
        }
        return tally.process.logWealth() >= -Math.log(rules.policy().alpha()) ? PASSING : OPEN;
    }

    /** Takes in one more slice, if there is room. */
    private boolean admit(Slices slices) {
        long[] all = all();
        if (all[0] >= slices.most()) {
            return false;
        }
        counters.put(ALL, new long[] {all[0] + 1, all[1], all[2], all[3]});
        return true;
    }

    /** Counts a pair of a slice for which there was no room. */
    private void count(boolean won, boolean lost) {
        long[] all = all();
        counters.put(ALL, new long[] {all[0], all[1] + 1, all[2] + (won ? 1 : 0), all[3] + (lost ? 1 : 0)});
    }

    /** Slices told apart; then pairs, wins and losses of the others. */
    private long[] all() {
        long[] all = counters.get(ALL);
        return all == null ? new long[4] : all;
    }

    private static @Nullable String value(SliceRule rule, Pair pair) {
        return switch (rule.by()) {
            case TASK -> pair.getTask();
            case LABEL -> pair.getLabel().isEmpty() ? null : pair.getLabel();
            case ATTRIBUTE -> pair.getAttributes().get(rule.attribute());
        };
    }

    /**
     * What is kept of a slice.
     *
     * @param rule index of the policy's rule that it belongs to
     * @param process non-inferiority by that rule's margin
     */
    private record Tally(int rule, long wins, long losses, BettingProcess process) {

        long[] toLongs() {
            long[] longs = new long[3 + StoredStatistics.PROCESS];
            longs[0] = rule;
            longs[1] = wins;
            longs[2] = losses;
            StoredStatistics.write(process, longs, 3);
            return longs;
        }

        static Tally read(long[] longs) {
            return new Tally((int) longs[0], longs[1], longs[2], StoredStatistics.process(longs, 3));
        }
    }
}
