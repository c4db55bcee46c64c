package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Every statistic against values computed independently at 50 digits: {@code src/test/python/statistics_reference.py} wrote them
 * and says how, and from which differences. Errors have to be below 1e-9 max(1, |ln E|) to a million pairs, 1e-7 beyond.
 */
class ReferenceTest {

    private static final long MILLION = 1_000_000;

    /** The differences of the script. */
    private static final class Differences {
        private final boolean pairs;
        private final int first;
        private final int second;
        private long state = 20261124;

        Differences(String[] row) {
            pairs = row[1].equals("pairs");
            first = Integer.parseInt(row[2]);
            second = Integer.parseInt(row[3]);
        }

        double next() {
            state = state * 6364136223846793005L + 1442695040888963407L;
            int u = (int) (state >>> 44);
            if (pairs) {
                return u < first ? 1 : u < first + second ? -1 : 0;
            }
            return (double) (u % 1024 - first) / second;
        }
    }

    @Test
    void sequentialMcNemarIsExact() throws IOException {
        for (String[] row : rows("mcnemar")) {
            long wins = Long.parseLong(row[1]);
            long losses = Long.parseLong(row[2]);
            compare(row, wins + losses, SequentialMcNemar.logEvidence(wins, losses), row[3]);
        }
    }

    @Test
    void weakNullMixtureIsExact() throws IOException {
        for (List<String[]> series : series("mixture", 4)) {
            WeakNullMixture[] mixture = {WeakNullMixture.EMPTY};
            Differences differences = new Differences(series.get(0));
            for (String[] row : series) {
                long count = Long.parseLong(row[4]);
                while (mixture[0].count() < count) {
                    mixture[0] = mixture[0].add(differences.next());
                }
                double delta = Double.parseDouble(row[5]);
                compare(row, count, mixture[0].logEvidence(delta, Double.parseDouble(row[6])), row[7]);
            }
        }
    }

    /** The same candidates, clearly worse ones among them: no evidence, and none that is not a number. */
    @Test
    void weakNullMixtureGivesWorseCandidatesNoEvidence() throws IOException {
        int worse = 0;
        for (String[] row : rows("mixture")) {
            boolean clearly = Integer.parseInt(row[3]) - Integer.parseInt(row[2]) > 30_000 && row[1].equals("pairs");
            if (clearly && Long.parseLong(row[4]) >= 1_000) {
                worse++;
                assertThat(Double.parseDouble(row[7])).isLessThan(0);
            }
        }
        assertThat(worse).isEqualTo(24);
    }

    @Test
    void bettingIsExactPairByPairAndInRuns() throws IOException {
        for (List<String[]> series : series("betting", 4, 5)) {
            double delta = Double.parseDouble(series.get(0)[5]);
            BettingProcess single = BettingProcess.EMPTY;
            BettingProcess runs = BettingProcess.EMPTY;
            long run = 0;
            Differences differences = new Differences(series.get(0));
            for (String[] row : series) {
                long count = Long.parseLong(row[4]);
                while (single.count() < count) {
                    double difference = differences.next();
                    single = single.add(difference, delta);
                    if (difference == 0) {
                        run++;
                    } else {
                        runs = runs.addRun(0, run, delta).addRun(difference, 1, delta);
                        run = 0;
                    }
                }
                runs = runs.addRun(0, run, delta);
                run = 0;
                compare(row, count, single.logWealth(), row[6]);
                compare(row, count, runs.logWealth(), row[6]);
            }
        }
    }

    @Test
    void rollbackDetectorIsExactPairByPairAndInRuns() throws IOException {
        for (List<String[]> series : series("rollback", 4, 5, 6)) {
            String[] head = series.get(0);
            RollbackDetector single =
                    RollbackDetector.start(List.of(Double.valueOf(head[5])), Double.parseDouble(head[6]));
            RollbackDetector runs = single;
            long run = 0;
            Differences differences = new Differences(head);
            for (String[] row : series) {
                long count = Long.parseLong(row[4]);
                while (single.pairs() < count) {
                    double difference = differences.next();
                    single = single.add(difference);
                    if (difference == 0) {
                        run++;
                    } else {
                        runs = runs.addEqual(run).add(difference);
                        run = 0;
                    }
                }
                runs = runs.addEqual(run);
                run = 0;
                compare(row, count, single.logStatistic(), row[7]);
                compare(row, count, runs.logStatistic(), row[7]);
            }
        }
    }

    @Test
    void empiricalBernsteinIntervalsAreExact() throws IOException {
        for (List<String[]> series : series("bernstein", 4)) {
            ConfidenceSequence sequence = ConfidenceSequence.EMPTY;
            Differences differences = new Differences(series.get(0));
            for (String[] row : series) {
                long count = Long.parseLong(row[4]);
                while (sequence.count() < count) {
                    sequence = sequence.add(differences.next(), 0.05);
                }
                Interval interval = sequence.interval(0.05);
                compare(row, count, interval.low(), row[5]);
                compare(row, count, interval.high(), row[6]);
            }
        }
    }

    @Test
    void hedgedBetsAreExact() throws IOException {
        for (List<String[]> series : series("hedged", 4)) {
            HedgedConfidenceSequence sequence = new HedgedConfidenceSequence(0.05, 8);
            Differences differences = new Differences(series.get(0));
            long folded = 0;
            for (String[] row : series) {
                long count = Long.parseLong(row[4]);
                for (; folded < count; folded++) {
                    sequence.add(differences.next());
                }
                int point = Integer.parseInt(row[5]);
                compare(row, count, sequence.state().above().get(point), row[6]);
                compare(row, count, sequence.state().below().get(point), row[7]);
            }
        }
    }

    private static void compare(String[] row, long count, double actual, String text) {
        if (text.equals("-Infinity")) {
            assertThat(actual).as(String.join(",", row)).isEqualTo(Double.NEGATIVE_INFINITY);
            return;
        }
        double expected = Double.parseDouble(text);
        double tolerance = (count <= MILLION ? 1e-9 : 1e-7) * Math.max(1, Math.abs(expected));
        assertThat(actual).as(String.join(",", row)).isCloseTo(expected, within(tolerance));
    }

    /** Rows of one statistic that go on in the same stream, in order of their counts; the columns besides tell settings apart. */
    private static Collection<List<String[]>> series(String statistic, int count, int... settings) throws IOException {
        Map<String, List<String[]>> series = new LinkedHashMap<>();
        for (String[] row : rows(statistic)) {
            StringBuilder key = new StringBuilder(String.join(",", List.of(row).subList(0, count)));
            for (int column : settings) {
                key.append(',').append(row[column]);
            }
            series.computeIfAbsent(key.toString(), k -> new ArrayList<>()).add(row);
        }
        assertThat(series).as(statistic).isNotEmpty();
        return series.values();
    }

    private static List<String[]> rows(String statistic) throws IOException {
        InputStream file = Objects.requireNonNull(ReferenceTest.class.getResourceAsStream("/statistics/reference.csv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> line.startsWith(statistic + ","))
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }
}
