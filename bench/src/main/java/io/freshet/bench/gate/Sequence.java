package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.ErrorBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Fifty candidates, one trial after another, each decided by the sequential McNemar test at the level that its number gives. */
public final class Sequence {

    private static final int CANDIDATES = 50;
    private static final double DISCORDANCE = 0.05;

    /**
     * One kind of run under one way to give levels.
     *
     * @param name what the candidates are
     * @param levels how their levels are given
     * @param falseDiscoveryRate mean over the runs of the share of false promotions among promotions, 0 where there was none
     * @param anyFalse share of the runs with a false promotion
     * @param power share of the better candidates that were promoted; 0 where none is better
     */
    public record Row(String name, String levels, double falseDiscoveryRate, double anyFalse, double power) {}

    /** What one run promoted: rightly, wrongly, and how many candidates were better. */
    private record Tally(int right, int wrong, int better) {}

    private record Run(Tally eLond, Tally spending, Tally z) {}

    private interface Mix {
        double gain(SplittableRandom random);
    }

    private Sequence() {}

    static List<Row> run(Simulation simulation) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(simulation, "all equal", random -> 0));
        rows.addAll(
                rows(simulation, "a fifth 2 points better, half equal, the rest half a point worse", Sequence::mixed));
        return rows;
    }

    private static double mixed(SplittableRandom random) {
        double u = random.nextDouble();
        return u < 0.2 ? 0.02 : u < 0.7 ? 0 : -0.005;
    }

    private static List<Row> rows(Simulation simulation, String name, Mix mix) {
        List<Run> runs = simulation.run("sequence: " + name, random -> run(random, mix));
        return List.of(
                row(name, "e-LOND", runs.stream().map(Run::eLond).toList()),
                row(name, "alpha spending", runs.stream().map(Run::spending).toList()),
                row(name, "z-test peeked at 5 % each", runs.stream().map(Run::z).toList()));
    }

    private static Run run(SplittableRandom random, Mix mix) {
        Tally eLond = new Tally(0, 0, 0);
        Tally spending = new Tally(0, 0, 0);
        Tally z = new Tally(0, 0, 0);
        for (int trial = 1; trial <= CANDIDATES; trial++) {
            double gain = mix.gain(random);
            Arm byELond = new McNemarArm(ErrorBudget.level(GateRequest.ALPHA, trial, eLond.right() + eLond.wrong()));
            Arm bySpending = new McNemarArm(ErrorBudget.spend(GateRequest.ALPHA, trial));
            Arm byZ = new PeekedZArm();
            PairStream stream = new PairStream(random, DISCORDANCE, Gain.constant(gain));
            Arm.run(stream, GateRequest.PAIRS, byELond, bySpending, byZ);
            eLond = count(eLond, byELond, gain);
            spending = count(spending, bySpending, gain);
            z = count(z, byZ, gain);
        }
        return new Run(eLond, spending, z);
    }

    private static Tally count(Tally tally, Arm arm, double gain) {
        boolean better = gain > 0;
        return new Tally(
                tally.right() + (arm.promoted() && better ? 1 : 0),
                tally.wrong() + (arm.promoted() && !better ? 1 : 0),
                tally.better() + (better ? 1 : 0));
    }

    private static Row row(String name, String levels, List<Tally> tallies) {
        double better = tallies.stream().mapToInt(Tally::better).sum();
        return new Row(
                name,
                levels,
                tallies.stream()
                        .mapToDouble(t -> (double) t.wrong() / Math.max(1, t.right() + t.wrong()))
                        .average()
                        .orElse(0),
                tallies.stream().mapToInt(t -> t.wrong() > 0 ? 1 : 0).average().orElse(0),
                better == 0 ? 0 : tallies.stream().mapToInt(Tally::right).sum() / better);
    }
}
