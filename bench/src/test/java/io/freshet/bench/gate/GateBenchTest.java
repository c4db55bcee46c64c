package io.freshet.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.evaluator.statistics.SequentialMcNemar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateBenchTest {

    @TempDir
    Path directory;

    /**
     * Of 2,000,000 pairs a tenth is discordant: 200,000, standard deviation 424; of those 55 % are wins: 110,000, standard
     * deviation 223 given their number, 324 in all. Four deviations are allowed.
     */
    @Test
    void jumpsLikeStreamsThatAreWalkedPairByPair() {
        PairStream stream = new PairStream(new SplittableRandom(1), 0.1, Gain.constant(0.01));
        long discordant = 0;
        long wins = 0;
        long last = 0;
        while (stream.advance(2_000_000)) {
            assertThat(stream.position()).isEqualTo(last + stream.skipped() + 1);
            last = stream.position();
            discordant++;
            wins += stream.sign() > 0 ? 1 : 0;
        }
        assertThat((double) discordant).isCloseTo(200_000, within(4 * 424.0));
        assertThat((double) wins).isCloseTo(110_000, within(4 * 324.0));
    }

    /** The bound that saves most computations never hides a crossing. */
    @Test
    void promotesWhereTheEvidenceFirstReachesTheThreshold() {
        for (int seed = 0; seed < 50; seed++) {
            PairStream stream = new PairStream(new SplittableRandom(seed), 0.1, Gain.constant(0.015));
            McNemarArm arm = new McNemarArm(0.05);
            long wins = 0;
            long losses = 0;
            long first = Arm.NEVER;
            while (stream.advance(20_000)) {
                wins += stream.sign() > 0 ? 1 : 0;
                losses += stream.sign() < 0 ? 1 : 0;
                arm.discordant(stream.skipped(), stream.sign(), stream.position());
                if (first == Arm.NEVER && SequentialMcNemar.logEvidence(wins, losses) >= Math.log(20)) {
                    first = stream.position();
                }
            }
            assertThat(arm.promotedAt()).isEqualTo(first);
        }
    }

    /** 8 wins and no loss in 200 pairs make z = 8 / sqrt(8 - 64 / 200) = 2.9; 2 wins make 1.42, below 1.645. */
    @Test
    void looksAtZOnlyEveryTwoHundredPairs() {
        PeekedZArm arm = new PeekedZArm();
        arm.discordant(9, 1, 10);
        arm.discordant(9, 1, 20);
        for (int pair = 210; pair < 216; pair++) {
            arm.discordant(0, 1, pair);
        }
        assertThat(arm.promoted()).isFalse();
        arm.end(399);
        assertThat(arm.promoted()).isFalse();
        arm.end(400);
        assertThat(arm.promotedAt()).isEqualTo(400);
    }

    @Test
    void sharesCountStreamsAndMediansOnlyThoseThatPromoted() {
        Share share = Share.of(List.of(100L, Arm.NEVER, 300L, 200L));
        assertThat(share.share()).isEqualTo(0.75);
        assertThat(share.medianPairs()).isEqualTo(200.0);
        assertThat(share.quartiles()).containsExactly(150.0, 250.0);
        assertThat(Share.of(List.of(Arm.NEVER)).medianPairs()).isNull();
    }

    @Test
    void givesTheSameFiguresWhateverTheThreads() {
        assertThat(drift(1)).isEqualTo(drift(3));
    }

    /**
     * Medians of the design's tables, to a fifth with 100 streams: 682 pairs at discordance 0.05 and 2 points better; 1,840 and 576
     * pairs to a rollback at lambda 0.4. An equal candidate passes in at most 5 + 2 * 2.2 of 100 streams.
     */
    @Test
    void reproducesTheTablesOfTheDesign() {
        ForkJoinPool pool = new ForkJoinPool(2);
        try {
            Simulation simulation = new Simulation(new GateRequest(100, 11, 2), pool, name -> {});
            List<PowerCells.Cell> cells = PowerCells.run(simulation);
            PowerCells.Cell better = cells.stream()
                    .filter(cell -> cell.discordance() == 0.05 && cell.gain() == 0.02)
                    .findFirst()
                    .orElseThrow();
            assertThat(better.promoted()).isEqualTo(1);
            assertThat(better.medianPairs()).isCloseTo(682.0, within(682 * 0.2));
            assertThat(cells).filteredOn(cell -> cell.gain() == 0).allSatisfy(cell -> {
                assertThat(Share.within(cell.promoted(), 0.05, 100)).isTrue();
                assertThat(cell.peekedZTestPromoted()).isGreaterThan(0.2);
            });
            List<Double> medians = new ArrayList<>();
            for (Rollbacks.Row row : Rollbacks.run(simulation)) {
                if (row.bets().equals(List.of(0.4)) && row.discordance() == 0.05 && row.drop() < 0) {
                    medians.add(row.alarms().medianPairs());
                }
            }
            assertThat(medians.get(0)).isCloseTo(1_840, within(1_840 * 0.2));
            assertThat(medians.get(1)).isCloseTo(576, within(576 * 0.2));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void reportsEveryCellAsJson() throws IOException {
        GateReport report = new GateBench(new GateRequest(10, 3, 2), line -> {}).run();
        Path file = directory.resolve("gate.json");
        report.write(file);

        JsonNode cells = new ObjectMapper().readTree(file.toFile()).path("cells");
        assertThat(cells).hasSize(12);
        for (JsonNode cell : cells) {
            assertThat(cell.fieldNames())
                    .toIterable()
                    .contains("discordance", "gain", "promoted", "medianPairs", "peekedZTestPromoted");
        }
        assertThat(report.lines()).anyMatch(line -> line.startsWith("| 0.05 | +2.0 points | 1.000 / "));
        assertThat(report.creep()).extracting(Creep.Row::belowMargin).last().isEqualTo(1.0);
    }

    private static List<Drift.Row> drift(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return Drift.run(new Simulation(new GateRequest(10, 5, threads), pool, name -> {}));
        } finally {
            pool.shutdownNow();
        }
    }
}
