package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MostInterferedTest {

    private static final float[] NO_LOGITS = new float[0];

    @TempDir
    Path directory = Path.of("");

    private static UniformMemory of(List<Learnable> examples) {
        UniformMemory memory = new UniformMemory(new MemoryLimits(100, Long.MAX_VALUE), 1);
        examples.forEach(example -> memory.offer(example, NO_LOGITS));
        return memory;
    }

    /**
     * The step moves "say one please" from a to b. What was learned of the same text under the label a loses by it, what
     * was learned of it under b gains; of the other texts little changes.
     */
    @Test
    void replaysWhatTheNewExampleContradicts() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<Learnable> old = List.of(
                    pupil.example("same", "one", "b"),
                    pupil.example("other", "two", "b"),
                    pupil.example("contradicted", "one", "a"));
            List<Learnable> fresh = List.of(pupil.example("new", "one", "b"));
            assertThat(new MostInterfered(3).choose(of(old), 1, fresh, pupil.step()))
                    .extracting(Kept::id)
                    .containsExactly("contradicted");
        }
    }

    /**
     * Of all 12 kept examples the 4 with the largest rise, which is what the model says of a step of 1e-2 on the new ones:
     * computed here from the losses of all, sorted by hand.
     */
    @Test
    void replaysThoseWhoseLossWouldRiseMost() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<String> words = List.of("zero", "one", "two", "three");
            List<Learnable> old = IntStream.range(0, 12)
                    .mapToObj(i -> pupil.example("e" + i, words.get(i % 4), Pupil.LABELS.get(i % 3)))
                    .toList();
            List<Learnable> fresh = List.of(pupil.example("n1", "one", "b"), pupil.example("n2", "three", "c"));
            List<Double> raised = pupil.step().interference(fresh, old);
            List<String> worst = IntStream.range(0, 12)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -raised.get(i)))
                    .limit(4)
                    .map(i -> "e" + i)
                    .toList();
            assertThat(raised).doesNotHaveDuplicates();
            assertThat(new MostInterfered(3).choose(of(old), 4, fresh, pupil.step()))
                    .extracting(Kept::id)
                    .containsExactlyElementsOf(worst);
        }
    }

    @Test
    void replaysAllThatAreKeptWhileTheyAreFew() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<Learnable> old = List.of(pupil.example("1", "one", "a"), pupil.example("2", "two", "b"));
            List<Learnable> fresh = List.of(pupil.example("3", "one", "b"));
            assertThat(new MostInterfered(3).choose(of(old), 2, fresh, pupil.step()))
                    .hasSize(2);
            assertThat(new MostInterfered(3).choose(of(List.of()), 2, fresh, pupil.step()))
                    .isEmpty();
        }
    }
}
