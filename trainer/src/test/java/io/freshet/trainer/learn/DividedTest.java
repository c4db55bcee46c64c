package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.TextInput;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings.Batches;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DividedTest {

    private static final CutLimits TWO = new CutLimits(2, 1_000);

    private static List<Learnable> examples(Integer... lengths) {
        return IntStream.range(0, lengths.length)
                .mapToObj(i -> new Learnable("e" + i, TextInput.of("x"), null, 1, () -> lengths[i]))
                .toList();
    }

    private static List<List<String>> ids(List<List<Learnable>> steps) {
        return steps.stream()
                .map(step -> step.stream().map(Learnable::id).toList())
                .toList();
    }

    @Test
    void withoutAWindowACutIsOneStepInItsOwnOrder() {
        Batches batches = new Batches(TWO, 3, 0, 1, 1);
        assertThat(ids(Divided.steps(examples(9, 1, 5), batches, 7))).containsExactly(List.of("e0", "e1", "e2"));
        assertThat(Divided.steps(List.of(), batches, 7)).isEmpty();
    }

    @Test
    void aWindowIsDividedByLength() {
        Batches batches = new Batches(TWO, 1, 0, 4, 1);
        assertThat(ids(Divided.steps(examples(9, 1, 8, 2, 5), batches, 7)))
                .containsExactlyInAnyOrder(List.of("e1", "e3"), List.of("e2", "e4"), List.of("e0"));
    }

    @Test
    void aStepHoldsAsManyMicroBatchesAsItAccumulates() {
        Batches batches = new Batches(TWO, 2, 0, 4, 1);
        assertThat(ids(Divided.steps(examples(9, 1, 8, 2, 5), batches, 7)))
                .containsExactlyInAnyOrder(List.of("e1", "e2", "e3", "e4"), List.of("e0"));
    }

    @Test
    void theOrderOfTheStepsFollowsTheSeedAlone() {
        Batches batches = new Batches(TWO, 1, 0, 16, 1);
        List<Learnable> cut = examples(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        List<List<String>> steps = ids(Divided.steps(cut, batches, 7));
        assertThat(ids(Divided.steps(cut, batches, 7))).isEqualTo(steps);
        // 6 steps have 720 orders; of ten other seeds all giving this one by chance has a probability of 720^-10.
        assertThat(IntStream.range(8, 18).mapToObj(seed -> ids(Divided.steps(cut, batches, seed))))
                .anyMatch(other -> !other.equals(steps));
    }
}
