package io.freshet.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExamTest {

    private static final Labelled A = new Labelled("a", "A");
    private static final Labelled B = new Labelled("b", "B");

    /** Knows by heart the last text that it was taught, and says that of every other one. */
    private static final class OneTrack implements Contestant {
        private String last = "";
        private final List<Integer> asked = new ArrayList<>();

        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public long learn(List<Labelled> texts) {
            long right =
                    texts.stream().filter(text -> text.label().equals(last)).count();
            last = texts.get(texts.size() - 1).label();
            return right;
        }

        @Override
        public List<Reply> replies(List<Labelled> texts) {
            asked.add(texts.size());
            return texts.stream().map(text -> new Reply(last, 0.8, 0.1)).toList();
        }

        @Override
        public List<String> labels() {
            return List.of();
        }

        @Override
        public long memoryBytes() {
            return 12;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    private static Result pass(OneTrack contestant) throws IOException {
        Plan plan = new Plan(
                List.of(List.of(A, A, A), List.of(B, B)),
                List.of(new Plan.Test("first", List.of(A)), new Plan.Test("second", List.of(B, B))),
                true);
        Job job = new Job("one", Kind.TRAINER, 1, "", "", Map.of(), 1);
        AtomicLong clock = new AtomicLong();
        Clocks clocks = new Clocks(() -> clock.getAndAdd(1_000_000_000), () -> 0);
        return new StreamPass(contestant, plan, job, (done, total, accuracy) -> {}, clocks).run();
    }

    @Test
    void fillsTheMatrixRowByRow() throws IOException {
        Result result = pass(new OneTrack());
        assertThat(result.tasks()).containsExactly("first", "second");
        assertThat(result.accuracyMatrix()).isEqualTo(List.of(List.of(1.0, 0.0), List.of(0.0, 1.0)));
        assertThat(result.averageAccuracy()).isEqualTo(0.5);
        assertThat(result.forgetting()).hasValue(1.0);
        assertThat(result.backwardTransfer()).hasValue(-1.0);
        assertThat(result.forwardTransfer()).hasValue(0.0);
        assertThat(result.memoryBytes()).isEqualTo(12);
    }

    @Test
    void countsWhatWasPredictedBeforeItWasLearned() throws IOException {
        // wrong, right, right; wrong, right
        Result result = pass(new OneTrack());
        assertThat(result.prequentialAccuracy()).hasValueCloseTo(3.0 / 5, within(1e-12));
        assertThat(result.learned()).isEqualTo(5);
    }

    @Test
    void doesNotAskWhatCannotBeKnown() throws IOException {
        OneTrack contestant = new OneTrack();
        Result result = pass(contestant);
        assertThat(contestant.asked).containsExactly(1, 1, 2); // nothing at first, then A, then A and both B
        assertThat(result.untrained()).containsExactly(0.0, 0.0);
    }

    @Test
    void countsFlipsFromEachTestToTheNext() throws IOException {
        // first test: A right; second: A wrong, B and B right: one of four answers flipped negatively
        assertThat(pass(new OneTrack()).quality().negativeFlips()).isEqualTo(0.25);
        assertThat(pass(new OneTrack()).quality().confusions().get(0).count()).isEqualTo(1);
    }

    @Test
    void learnsEverythingAsOftenAsThereAreEpochs() throws IOException {
        Plan plan = new Plan(List.of(List.of(A, A), List.of(B)), List.of(new Plan.Test("all", List.of(A, B))), true);
        Job job = new Job("e", Kind.EVERYTHING, 1, "", "", Map.of(), 4);
        Map<Long, Long> said = new HashMap<>();
        Result result = new StreamPass(
                        new OneTrack(),
                        plan,
                        job,
                        (done, total, accuracy) -> said.put(done, total),
                        new Clocks(() -> 0, () -> 0))
                .run();
        assertThat(result.learned()).isEqualTo(12);
        assertThat(result.accuracyMatrix()).hasSize(1);
        assertThat(result.prequentialAccuracy()).isEmpty();
        assertThat(said).containsEntry(12L, 12L);
    }
}
