package io.freshet.bench.gate;

import io.freshet.evaluator.statistics.MarginTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often, and how soon, a candidate of a constant gain is promoted; and an equal one. */
public final class PowerCells {

    private static final List<Double> DISCORDANCES = List.of(0.02, 0.05, 0.10);
    private static final List<Double> GAINS = List.of(0.0, 0.005, 0.01, 0.02);

    /**
     * One kind of stream.
     *
     * @param discordance probability that the two models disagree
     * @param gain true difference of accuracy, as a share: 0.01 is a point
     * @param promoted share of the streams promoted by the sequential McNemar test
     * @param medianPairs of those; null where none was
     * @param peekedZTestPromoted share promoted by a z-test looked at every 200 pairs
     * @param mcNemar promoted and medianPairs again, with their spread
     * @param betting the betting test with margin 0
     * @param peekedZTest the z-test, with its spread
     */
    public record Cell(
            double discordance,
            double gain,
            double promoted,
            @Nullable Double medianPairs,
            double peekedZTestPromoted,
            Share mcNemar,
            Share betting,
            Share peekedZTest) {}

    private record Outcome(long mcNemar, long betting, long z) {}

    private PowerCells() {}

    static List<Cell> run(Simulation simulation) {
        List<Cell> cells = new ArrayList<>();
        for (double discordance : DISCORDANCES) {
            for (double gain : GAINS) {
                cells.add(cell(simulation, discordance, gain));
            }
        }
        return cells;
    }

    private static Cell cell(Simulation simulation, double discordance, double gain) {
        List<Outcome> outcomes = simulation.run("discordance %s, gain %s".formatted(discordance, gain), random -> {
            Arm mcNemar = new McNemarArm(GateRequest.ALPHA);
            Arm betting = new BettingArm(MarginTest.superiority(0), GateRequest.ALPHA);
            Arm z = new PeekedZArm();
            PairStream stream = new PairStream(random, discordance, Gain.constant(gain));
            Arm.run(stream, GateRequest.PAIRS, mcNemar, betting, z);
            return new Outcome(mcNemar.promotedAt(), betting.promotedAt(), z.promotedAt());
        });
        Share mcNemar = Share.of(outcomes.stream().map(Outcome::mcNemar).toList());
        Share z = Share.of(outcomes.stream().map(Outcome::z).toList());
        return new Cell(
                discordance,
                gain,
                mcNemar.share(),
                mcNemar.medianPairs(),
                z.share(),
                mcNemar,
                Share.of(outcomes.stream().map(Outcome::betting).toList()),
                z);
    }
}
