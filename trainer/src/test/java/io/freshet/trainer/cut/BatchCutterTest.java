package io.freshet.trainer.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCutterTest {

    private static BatchCutter<String> cutter(int examples, int tokens, long number, Long... starts) {
        return new BatchCutter<>(new CutLimits(examples, tokens), List.of(starts), number);
    }

    private static void add(BatchCutter<String> cutter, int partition, long... offsets) {
        for (long offset : offsets) {
            cutter.add(partition, offset, 1, partition + ":" + offset);
        }
    }

    @Test
    void takesOneRecordOfEachPartitionInTurn() {
        BatchCutter<String> cutter = cutter(4, 100, 0, 0L, 0L);
        add(cutter, 0, 0, 1, 2);
        add(cutter, 1, 0, 1, 2);
        Cut<String> cut = cutter.next(false).orElseThrow();
        assertThat(cut.items()).containsExactly("0:0", "1:0", "0:1", "1:1");
        assertThat(cut.ends()).containsExactly(2L, 2L);
    }

    @Test
    void beginsEachMicroBatchWithAnotherPartition() {
        BatchCutter<String> cutter = cutter(3, 100, 0, 0L, 0L);
        add(cutter, 0, 0, 1, 2);
        add(cutter, 1, 0, 1, 2);
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("0:0", "1:0", "0:1");
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("1:1", "0:2", "1:2");
    }

    @Test
    void waitsForAPartitionThatMayStillHaveRecords() {
        BatchCutter<String> cutter = cutter(2, 100, 0, 0L, 0L);
        add(cutter, 0, 0, 1, 2);
        assertThat(cutter.next(false)).isEmpty();
        add(cutter, 1, 0);
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("0:0", "1:0");
    }

    @Test
    void passesOverAPartitionThatIsAtItsEnd() {
        BatchCutter<String> cutter = cutter(2, 100, 0, 0L, 0L);
        add(cutter, 0, 0, 1, 2);
        cutter.advance(1, 0, true);
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("0:0", "0:1");
    }

    @Test
    void keepsAnUnfilledMicroBatchOpenUntilLingeredFor() {
        BatchCutter<String> cutter = cutter(10, 100, 0, 0L);
        add(cutter, 0, 0, 1);
        cutter.advance(0, 2, true);
        assertThat(cutter.next(false)).isEmpty();
        assertThat(cutter.next(true).orElseThrow().items()).containsExactly("0:0", "0:1");
        assertThat(cutter.next(true)).isEmpty();
    }

    @Test
    void closesBeforeTheExampleThatWouldExceedTheTokens() {
        BatchCutter<String> cutter = cutter(10, 10, 0, 0L);
        cutter.add(0, 0, 6, "six");
        cutter.add(0, 1, 4, "four");
        cutter.add(0, 2, 1, "one");
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("six", "four");
    }

    @Test
    void takesASingleExampleThatExceedsTheTokens() {
        BatchCutter<String> cutter = cutter(10, 10, 0, 0L);
        cutter.add(0, 0, 50, "fifty");
        cutter.add(0, 1, 1, "one");
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("fifty");
    }

    @Test
    void recordsThatAreNotLearnedFromTakeNoRoom() {
        BatchCutter<String> cutter = cutter(2, 100, 0, 0L);
        cutter.add(0, 0, 3, "a");
        cutter.add(0, 1, 0, "refused");
        cutter.add(0, 2, 3, "b");
        assertThat(cutter.next(false).orElseThrow().items()).containsExactly("a", "refused", "b");
    }

    @Test
    void endsBehindTheLastRecordAndCoversGapsWhereNothingWaits() {
        BatchCutter<String> cutter = cutter(2, 100, 0, 5L);
        add(cutter, 0, 7, 8);
        cutter.advance(0, 11, true); // control records at 9 and 10
        assertThat(cutter.covered()).containsExactly(7L);
        Cut<String> cut = cutter.next(false).orElseThrow();
        assertThat(cut.ends()).containsExactly(9L);
        assertThat(cutter.covered()).containsExactly(11L);
    }

    @Test
    void refusesARecordBelowWhatWasAddedBefore() {
        BatchCutter<String> cutter = cutter(2, 100, 0, 5L);
        assertThatThrownBy(() -> add(cutter, 0, 4)).hasMessageContaining("offset 4 is below 5");
    }

    /** However the records of a complete log are split into polls, the same micro-batches come out. */
    @Test
    void cutsAreAFunctionOfTheLogAlone() {
        for (long seed = 1; seed <= 50; seed++) {
            Log log = new Log(seed, 3, 200);
            assertThat(log.cutAsItArrives(new Random(seed))).isEqualTo(log.cutAsItArrives(new Random(-seed)));
        }
    }

    @Test
    void theRecordedEndsRepeatTheMicroBatchesWhateverMadeThem() {
        for (long seed = 1; seed <= 50; seed++) {
            Log log = new Log(seed, 3, 200);
            List<Cut<String>> cuts = log.cutWithLinger(new Random(seed));
            assertThat(cuts.stream().mapToInt(cut -> cut.items().size()).sum()).isEqualTo(200);
            assertThat(log.repeat(cuts)).isEqualTo(cuts);
        }
    }

    /** A log of several partitions, with gaps and records of various length. */
    private static final class Log {

        private record Entry(long offset, int tokens, String item) {}

        private static final CutLimits LIMITS = new CutLimits(8, 60);
        private final List<List<Entry>> partitions = new ArrayList<>();

        Log(long seed, int count, int records) {
            Random random = new Random(seed);
            for (int p = 0; p < count; p++) {
                partitions.add(new ArrayList<>());
            }
            long[] next = new long[count];
            for (int i = 0; i < records; i++) {
                int p = random.nextInt(10) < 6 ? 0 : random.nextInt(count);
                next[p] += 1 + (random.nextInt(10) == 0 ? 2 : 0);
                partitions.get(p).add(new Entry(next[p], random.nextInt(12), p + ":" + next[p]));
            }
        }

        private List<Long> starts() {
            return partitions.stream().map(p -> 0L).toList();
        }

        List<Cut<String>> cutAsItArrives(Random random) {
            return cut(random, false);
        }

        List<Cut<String>> cutWithLinger(Random random) {
            return cut(random, true);
        }

        private List<Cut<String>> cut(Random random, boolean impatient) {
            BatchCutter<String> cutter = new BatchCutter<>(LIMITS, starts(), 0);
            int[] read = new int[partitions.size()];
            List<Cut<String>> cuts = new ArrayList<>();
            while (!allRead(read)) {
                int p = random.nextInt(partitions.size());
                for (int i = random.nextInt(20);
                        i > 0 && read[p] < partitions.get(p).size();
                        i--) {
                    Entry entry = partitions.get(p).get(read[p]++);
                    cutter.add(p, entry.offset(), entry.tokens(), entry.item());
                }
                if (read[p] == partitions.get(p).size()) {
                    cutter.advance(p, end(p), true);
                }
                drain(cutter, impatient && random.nextInt(3) == 0, cuts);
            }
            for (int p = 0; p < partitions.size(); p++) {
                cutter.advance(p, end(p), true);
            }
            drain(cutter, false, cuts);
            drain(cutter, true, cuts);
            return cuts;
        }

        List<Cut<String>> repeat(List<Cut<String>> recorded) {
            List<Cut<String>> cuts = new ArrayList<>();
            List<Long> from = starts();
            for (int number = 0; number < recorded.size(); number++) {
                List<Long> to = recorded.get(number).ends();
                BatchCutter<String> cutter = new BatchCutter<>(CutLimits.NONE, from, number);
                for (int p = 0; p < partitions.size(); p++) {
                    for (Entry entry : partitions.get(p)) {
                        if (entry.offset() >= from.get(p) && entry.offset() < to.get(p)) {
                            cutter.add(p, entry.offset(), entry.tokens(), entry.item());
                        }
                    }
                }
                cuts.add(cutter.next(true).orElseThrow());
                from = to;
            }
            return cuts;
        }

        private static void drain(BatchCutter<String> cutter, boolean lingered, List<Cut<String>> into) {
            for (Optional<Cut<String>> cut = cutter.next(lingered); cut.isPresent(); cut = cutter.next(lingered)) {
                into.add(cut.get());
            }
        }

        private boolean allRead(int[] read) {
            for (int p = 0; p < read.length; p++) {
                if (read[p] < partitions.get(p).size()) {
                    return false;
                }
            }
            return true;
        }

        private long end(int p) {
            List<Entry> entries = partitions.get(p);
            return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).offset() + 1;
        }
    }
}
