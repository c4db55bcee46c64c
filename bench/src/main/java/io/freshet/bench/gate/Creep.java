package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.ErrorBudget;
import io.freshet.evaluator.statistics.MarginTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A hundred candidates, each 0.3 points worse than the champion it is compared with, under a policy that promotes what is not
 * inferior by a point. Every approval is right by its own lights; together they lead down. The anchor is the first champion.
 *
 * <p>Discordance with the champion is 0.03; with the anchor it grows by as much with every promotion in between, to 0.2 at most.
 * The two comparisons are drawn independently, which their guarantee does not need. Non-inferiority to the champion is tested at
 * alpha_k / 2, as the other half is for superiority, which such candidates have no use for; that to the anchor at alpha_k.
 */
public final class Creep {

    private static final int CANDIDATES = 100;
    private static final double LOSS = 0.003;
    private static final double MARGIN = 0.01;
    private static final double DISCORDANCE = 0.03;
    private static final double MOST_DISCORDANT = 0.2;

    /**
     * One policy.
     *
     * @param anchor whether the anchor is compared with
     * @param belowMargin share of the runs that end below the anchor by more than the margin
     * @param meanPromotions of a run
     * @param medianEnd accuracy of the last champion minus that of the anchor, median over the runs
     */
    public record Row(boolean anchor, double belowMargin, double meanPromotions, double medianEnd) {}

    private Creep() {}

    static List<Row> run(Simulation simulation) {
        List<Row> rows = new ArrayList<>();
        for (boolean anchor : new boolean[] {true, false}) {
            List<Integer> promotions = simulation.run(
                    "creep, " + (anchor ? "with" : "without") + " an anchor", random -> promotions(random, anchor));
            double[] ends =
                    promotions.stream().mapToDouble(n -> -LOSS * n).sorted().toArray();
            rows.add(new Row(
                    anchor,
                    promotions.stream()
                            .mapToInt(n -> LOSS * n > MARGIN ? 1 : 0)
                            .average()
                            .orElse(0),
                    promotions.stream().mapToInt(n -> n).average().orElse(0),
                    ends[ends.length / 2]));
        }
        return rows;
    }

    private static int promotions(SplittableRandom random, boolean anchor) {
        int promotions = 0;
        for (int trial = 1; trial <= CANDIDATES; trial++) {
            double level = ErrorBudget.level(GateRequest.ALPHA, trial, promotions);
            // the two need not be reached at once: each refutes its null when it is
            boolean promoted = refutes(random, DISCORDANCE, -LOSS, level / 2)
                    && (!anchor
                            || refutes(
                                    random,
                                    Math.min(MOST_DISCORDANT, DISCORDANCE * (promotions + 1)),
                                    -LOSS * (promotions + 1),
                                    level));
            promotions += promoted ? 1 : 0;
        }
        return promotions;
    }

    private static boolean refutes(SplittableRandom random, double discordance, double gain, double alpha) {
        Arm arm = new BettingArm(MarginTest.nonInferiority(MARGIN), alpha);
        Arm.run(new PairStream(random, discordance, Gain.constant(gain)), GateRequest.PAIRS, arm);
        return arm.promoted();
    }
}
