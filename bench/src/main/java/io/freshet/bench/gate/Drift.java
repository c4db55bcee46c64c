package io.freshet.bench.gate;

import java.util.ArrayList;
import java.util.List;

/** Streams whose truth changes, under the weak-null mixture and beside it the tests that assume it does not. */
public final class Drift {

    private static final double DISCORDANCE = 0.05;

    /** Where the mixture is tightest: pairs of discordance 0.05 gather that variation in 800 pairs. */
    private static final double VARIATION = 10;

    private static final long CHANGE = 4_000;

    private static final int HALF = 10_000;

    /** Where what was lost before the change is won back. */
    private static final int BALANCE = 12_000;

    /**
     * One kind of stream.
     *
     * @param name what happens along it
     * @param weakNull the weak-null mixture
     * @param mcNemar the sequential McNemar test
     * @param peekedZTest a z-test looked at every 200 pairs
     */
    public record Row(String name, Share weakNull, Share mcNemar, Share peekedZTest) {}

    private record Outcome(long weakNull, long mcNemar, long z) {}

    private Drift() {}

    static List<Row> run(Simulation simulation) {
        List<Row> rows = new ArrayList<>();
        int all = GateRequest.PAIRS;
        Gain change = Gain.change(CHANGE, -0.02, 0.01);
        rows.add(row(simulation, "equal", all, Gain.constant(0)));
        rows.add(row(simulation, "1 point better", all, Gain.constant(0.01)));
        rows.add(row(simulation, "1 point better, up to 10,000 pairs", HALF, Gain.constant(0.01)));
        rows.add(row(simulation, "3 points worse", all, Gain.constant(-0.03)));
        rows.add(row(
                simulation,
                "2 points worse for 4,000 pairs, then 1 better up to 12,000 (worse on average till then)",
                BALANCE,
                change));
        rows.add(row(simulation, "the same up to 20,000 (0.4 points better on average at the end)", all, change));
        return rows;
    }

    private static Row row(Simulation simulation, String name, int length, Gain gain) {
        List<Outcome> outcomes = simulation.run("drift: " + name, random -> {
            Arm weakNull = new WeakNullArm(VARIATION, GateRequest.ALPHA);
            Arm mcNemar = new McNemarArm(GateRequest.ALPHA);
            Arm z = new PeekedZArm();
            Arm.run(new PairStream(random, DISCORDANCE, gain), length, weakNull, mcNemar, z);
            return new Outcome(weakNull.promotedAt(), mcNemar.promotedAt(), z.promotedAt());
        });
        return new Row(
                name,
                Share.of(outcomes.stream().map(Outcome::weakNull).toList()),
                Share.of(outcomes.stream().map(Outcome::mcNemar).toList()),
                Share.of(outcomes.stream().map(Outcome::z).toList()));
    }
}
