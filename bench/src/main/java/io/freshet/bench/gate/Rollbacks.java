package io.freshet.bench.gate;

import java.util.ArrayList;
import java.util.List;

/** After how many pairs a promoted model that is worse is rolled back, and how often one that is not. */
public final class Rollbacks {

    private static final List<Double> DISCORDANCES = List.of(0.05, 0.10);
    private static final List<Double> DROPS = List.of(0.0, -0.02, -0.05);

    /**
     * One detector on one kind of stream.
     *
     * @param bets its lambdas, averaged over
     * @param drop new minus old, from the promotion on; where it is 0, every alarm is a false one
     * @param alarms share of the streams that raised one, and after how many pairs
     */
    public record Row(List<Double> bets, double alpha, double discordance, double drop, Share alarms) {}

    private record Detector(List<Double> bets, double alpha) {}

    private static final List<Detector> DETECTORS = List.of(
            new Detector(List.of(0.2), 1e-6),
            new Detector(List.of(0.4), 1e-6),
            new Detector(List.of(0.1, 0.2, 0.4), 1e-6),
            new Detector(List.of(0.2), 1e-4));

    private Rollbacks() {}

    static List<Row> run(Simulation simulation) {
        List<Row> rows = new ArrayList<>();
        for (double discordance : DISCORDANCES) {
            for (double drop : DROPS) {
                rows.addAll(rows(simulation, discordance, drop));
            }
        }
        return rows;
    }

    private static List<Row> rows(Simulation simulation, double discordance, double drop) {
        String name = "rollback: discordance %s, %s points".formatted(discordance, 100 * drop);
        List<List<Long>> alarms = simulation.run(name, random -> {
            Arm[] arms = DETECTORS.stream()
                    .map(detector -> new RollbackArm(detector.bets(), detector.alpha()))
                    .toArray(Arm[]::new);
            Arm.run(new PairStream(random, discordance, Gain.constant(drop)), GateRequest.PAIRS, arms);
            return List.of(arms).stream().map(Arm::promotedAt).toList();
        });
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < DETECTORS.size(); i++) {
            int detector = i;
            Share share =
                    Share.of(alarms.stream().map(each -> each.get(detector)).toList());
            rows.add(new Row(DETECTORS.get(i).bets(), DETECTORS.get(i).alpha(), discordance, drop, share));
        }
        return rows;
    }
}
