package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroBatchesTest {

    @TempDir
    private Path temp;

    @Test
    void cutsByLengthAndBudget() {
        List<Integer> lengths = List.of(9, 2, 4, 3, 20);
        // 2, 3 and 4 pad to 3 x 4 = 12 tokens; 9 more would make 4 x 9; 20 alone is over the budget
        assertThat(MicroBatches.sorted(lengths, 12)).containsExactly(new int[] {1, 3, 2}, new int[] {0}, new int[] {4});
    }

    @Test
    void leavesABatchThatFitsAsItIs() {
        List<Integer> lengths = List.of(9, 2, 4);
        assertThat(MicroBatches.ofStep(lengths, 27)).containsExactly(new int[] {0, 1, 2});
        assertThat(MicroBatches.ofStep(lengths, 0)).containsExactly(new int[] {0, 1, 2});
        assertThat(MicroBatches.ofStep(lengths, 26)).containsExactly(new int[] {1, 2}, new int[] {0});
        assertThat(MicroBatches.ofStep(List.of(), 26)).hasSize(1);
    }

    @Test
    void addsUpToTheGradientOfTheWholeBatch() throws IOException {
        try (LearningClassifierModel model = (LearningClassifierModel)
                Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            List<TrainingExample> batch = TinyModels.batch(model, 16, 1).stream()
                    .map(example -> new TrainingExample(
                            example.input(), example.label(), example.input().length() / 3.0))
                    .toList();
            StepSettings whole = TinyModels.settings(1).withLabelSmoothing(0.1);
            StepSettings cut = whole.withTokenBudget(30); // six lengths between 3 and 14: several parts
            compare(model.gradients(batch, whole), model.gradients(batch, cut));
            StepResult one = model.step(batch, whole, false);
            try (LearningClassifierModel other =
                    (LearningClassifierModel) Models.openTrainable(temp.resolve("fresh"), ModelOptions.DEFAULTS)) {
                TinyModels.addLabels(other);
                StepResult parts = other.step(batch, cut, false);
                assertThat(parts.loss()).isCloseTo(one.loss(), within(1e-6));
                assertThat(parts.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-6));
                assertThat(parts.tokens()).isEqualTo(one.tokens());
            }
        }
    }

    @Test
    void hidesTheSameTokensOfAMaskedModelHoweverABatchIsCut() throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("masked"), Objective.MASKED_LM);
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            try (TrainableLanguageModel model =
                    Models.trainableLanguageModel(directory, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
                List<TrainingExample> batch = TinyModels.TEXTS.stream()
                        .map(text -> new TrainingExample(model.encode(TextInput.of(text)), null, 1))
                        .toList();
                losses[i] = model.train(batch, TinyModels.settings(1).withTokenBudget(i * 20))
                        .loss();
            }
        }
        // dropout of 0.1 differs with the cut; at the start the loss is near ln(vocabulary) whatever is dropped
        assertThat(losses[1]).isCloseTo(losses[0], within(0.05));
    }

    /** Sums in another order: some 1e-8 of gradients of size 1; 1e-6 leaves room. */
    private static void compare(List<HostTensor> wanted, List<HostTensor> found) {
        float largest = 0;
        for (int i = 0; i < wanted.size(); i++) {
            float[] values = wanted.get(i).toArray();
            assertThat(found.get(i).toArray()).containsExactly(values, within(1e-6f));
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        assertThat(largest).isGreaterThan(1e-3f);
    }
}
