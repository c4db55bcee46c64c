package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.MarginTest;
import io.freshet.evaluator.statistics.SequentialMcNemar;
import io.freshet.evaluator.statistics.SliceVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Three slices, of half, three and two tenths of the pairs. Promoted is what the sequential McNemar test finds better over all
 * pairs, from the 2,000th on, while no slice blocks.
 */
public final class Slices {

    private static final double DISCORDANCE = 0.05;
    private static final double MARGIN = 0.01;
    private static final long MINIMUM = 200;

    /**
     * Pairs before the first look. A slice that has too few does not block, so a gate that may promote before the slices have
     * filled guards none of them: looked at from the first pair, a fifth to a third of the candidates passed that harm the
     * smallest.
     */
    private static final int FIRST_LOOK = 2_000;

    private static final List<String> NAMES = List.of("half", "three tenths", "two tenths");
    private static final double[] UP_TO = {0.5, 0.8, 1};

    /**
     * One kind of stream.
     *
     * @param name what the candidate does to the slices
     * @param guarded promoted with the slices guarded
     * @param unguarded promoted by the same test without them
     */
    public record Row(String name, Share guarded, Share unguarded) {}

    private record Outcome(long guarded, long unguarded) {}

    private Slices() {}

    static List<Row> run(Simulation simulation) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(simulation, "all 1 point better", 0.01, 0.01));
        rows.add(row(simulation, "two 2 points better, the smallest worse by the margin", 0.02, -MARGIN));
        rows.add(row(simulation, "two 2 points better, the smallest 3 worse", 0.02, -0.03));
        return rows;
    }

    private static Row row(Simulation simulation, String name, double most, double smallest) {
        double[] gains = {most, most, smallest};
        List<Outcome> outcomes = simulation.run("slices: " + name, random -> stream(random, gains));
        return new Row(
                name,
                Share.of(outcomes.stream().map(Outcome::guarded).toList()),
                Share.of(outcomes.stream().map(Outcome::unguarded).toList()));
    }

    private static Outcome stream(SplittableRandom random, double[] gains) {
        Map<String, MarginTest> slices = new TreeMap<>();
        NAMES.forEach(name -> slices.put(name, MarginTest.nonInferiority(MARGIN)));
        double threshold = -Math.log(GateRequest.ALPHA);
        long[] counts = new long[2];
        long unguarded = Arm.NEVER;
        for (int pair = 1; pair <= GateRequest.PAIRS; pair++) {
            int slice = slice(random.nextDouble());
            int difference = difference(random.nextDouble(), gains[slice]);
            slices.computeIfPresent(NAMES.get(slice), (name, test) -> test.add(difference));
            if (difference == 0) {
                continue; // looked at after discordant pairs
            }
            counts[difference > 0 ? 0 : 1]++;
            if (pair < FIRST_LOOK || SequentialMcNemar.logEvidence(counts[0], counts[1]) < threshold) {
                continue;
            }
            unguarded = unguarded == Arm.NEVER ? pair : unguarded;
            if (SliceVerdict.of(slices, MINIMUM, GateRequest.ALPHA).passes()) {
                return new Outcome(pair, unguarded);
            }
        }
        return new Outcome(Arm.NEVER, unguarded);
    }

    private static int slice(double u) {
        return u < UP_TO[0] ? 0 : u < UP_TO[1] ? 1 : 2;
    }

    private static int difference(double u, double gain) {
        return u >= DISCORDANCE ? 0 : u < (DISCORDANCE + gain) / 2 ? 1 : -1;
    }
}
