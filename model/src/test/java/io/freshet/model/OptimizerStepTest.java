package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizerStepTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    @TempDir
    private Path temp;

    private LearningClassifierModel model;

    @BeforeEach
    void open() throws IOException {
        model = fresh("fresh");
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void countsAnExampleOfWeightTwoTwice() {
        TrainingExample a = example("hello", "l0", 1);
        TrainingExample b = example("play some jazz", "l1", 1);
        StepSettings settings = TinyModels.settings(1);
        List<HostTensor> twice = model.gradients(List.of(a, a, b), settings);
        List<HostTensor> weighted = model.gradients(List.of(example("hello", "l0", 2), b), settings);
        List<HostTensor> plain = model.gradients(List.of(a, b), settings);
        assertThat(difference(twice, weighted)).isLessThan(1e-6);
        assertThat(difference(plain, weighted)).isGreaterThan(1e-3);
    }

    @Test
    void drawsDropoutFromSeedAndStepAlone() throws IOException {
        List<TrainingExample> batch = TinyModels.batch(model, 8, 0);
        double loss = model.train(batch, frozen(1, 11)).loss();
        assertThat(model.train(batch, frozen(1, 11)).loss()).isEqualTo(loss);
        assertThat(model.train(batch, frozen(2, 11)).loss()).isNotEqualTo(loss);
        assertThat(model.train(batch, frozen(1, 12)).loss()).isNotEqualTo(loss);
        assertThat(model.step(batch, frozen(1, 11), false).loss())
                .isEqualTo(model.step(batch, frozen(2, 12), false).loss());
    }

    @Test
    void learnsTheHeadAtItsOwnRate() throws IOException {
        Map<String, float[]> before = weights("before");
        model.train(TinyModels.batch(model, 8, 0), new StepSettings(1, 11, 0, 0.01, 0, false, NONE));
        Map<String, float[]> after = weights("after");
        assertThat(changed(before, after)).containsExactlyInAnyOrder("classifier.weight", "classifier.bias");
    }

    @Test
    void decaysMatricesAndNotBiasesOrNormalisation() throws IOException {
        Map<String, float[]> before = weights("before");
        // weight 0: no gradient, so AdamW only multiplies what decays by 1 - rate * decay = 0.95
        model.train(List.of(example("hello", "l0", 0)), new StepSettings(1, 11, 0.1, 0.1, 0.5, false, 1));
        Map<String, float[]> after = weights("after");
        assertThat(changed(before, after))
                .contains("bert.embeddings.word_embeddings.weight", "bert.pooler.dense.weight", "classifier.weight")
                .noneMatch(name -> name.endsWith("bias") || name.contains("LayerNorm"));
        float[] old = values(before, "bert.pooler.dense.weight");
        float[] decayed = values(after, "bert.pooler.dense.weight");
        for (int i = 0; i < old.length; i++) {
            assertThat(decayed[i]).isCloseTo(0.95f * old[i], within(1e-7f));
        }
    }

    @Test
    void decaysEverythingWhenAsked() throws IOException {
        Map<String, float[]> before = weights("before");
        model.train(List.of(example("hello", "l0", 0)), new StepSettings(1, 11, 0.1, 0.1, 0.5, true, 1));
        assertThat(changed(before, weights("after"))).contains("bert.embeddings.LayerNorm.weight");
    }

    @Test
    void clipsTheGlobalNorm() throws IOException {
        StepResult result =
                model.train(TinyModels.batch(model, 8, 0), new StepSettings(1, 11, 1e-3, 1e-3, 0, false, 0.01));
        assertThat(result.gradientNorm()).isGreaterThan(0.1);
        double squares = 0;
        for (Map.Entry<String, float[]> moment : optimizer("after").entrySet()) {
            if (moment.getKey().startsWith("exp_avg.")) {
                for (float value : moment.getValue()) {
                    squares += (double) value * value;
                }
            }
        }
        // the first moment after one step is (1 - 0.9) times the clipped gradient
        assertThat(Math.sqrt(squares)).isCloseTo(0.1 * 0.01, within(1e-7));
    }

    @Test
    void changesNothingWhereTheGradientIsNotFinite() throws IOException {
        Map<String, float[]> before = weights("before");
        StepResult result = model.train(List.of(example("hello", "l0", 1e300)), TinyModels.settings(1));
        assertThat(result.gradientNorm()).isNaN();
        assertThat(changed(before, weights("after"))).isEmpty();
        assertThat(optimizer("state").get("step.classifier.bias")).containsExactly(0);
    }

    @Test
    void growsTheHeadWithoutTouchingWhatWasLearned() throws IOException {
        for (int step = 1; step <= 3; step++) {
            model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
        }
        float[] row = values(weights("before"), "classifier.weight");
        float[] moments = values(optimizer("before"), "exp_avg.classifier.weight");
        model.addLabel("fourth", 7);
        float[] grown = values(weights("after"), "classifier.weight");
        float[] grownMoments = values(optimizer("after"), "exp_avg.classifier.weight");
        assertThat(grown).hasSize(row.length + TinyModels.SHAPE.hidden()).startsWith(row);
        assertThat(grownMoments).startsWith(moments).endsWith(new float[TinyModels.SHAPE.hidden()]);
        assertThat(moments).doesNotContain(0f);
        model.train(List.of(example("hello", "fourth", 1)), TinyModels.settings(4));
        assertThat(values(optimizer("later"), "step.classifier.weight")).containsExactly(4);
    }

    @Test
    void refusesLabelsItDoesNotKnowAndThoseItKnows() {
        assertThatThrownBy(() -> model.train(List.of(example("hello", "new", 1)), TinyModels.settings(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label 'new' is not known");
        assertThatThrownBy(() -> model.addLabel("l0", 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label 'l0' is known already");
        assertThatThrownBy(() -> model.train(List.of(), TinyModels.settings(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesACopyAfterTheModelWentOnAndClosed() throws IOException {
        Map<String, float[]> before = weights("before");
        try (ModelSnapshot snapshot = model.snapshot()) {
            model.train(TinyModels.batch(model, 8, 0), TinyModels.settings(1));
            assertThat(changed(before, weights("trained"))).isNotEmpty();
            model.close();
            model.close();
            snapshot.writeModel(temp.resolve("late"));
        }
        assertThat(changed(before, read(temp.resolve("late/model.safetensors"))))
                .isEmpty();
        assertThatThrownBy(() -> model.train(TinyModels.batch(fresh("other"), 2, 0), TinyModels.settings(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void refusesSettingsThatAreNoNumbers() {
        assertThatThrownBy(() -> new StepSettings(1, 1, Double.NaN, 0, 0, false, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learningRate NaN");
        assertThatThrownBy(() -> new StepSettings(1, 1, 0, 0, 0, false, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clipNorm 0.0");
    }

    private LearningClassifierModel fresh(String name) throws IOException {
        var opened = (LearningClassifierModel)
                Models.openTrainable(TinyModels.initialise(temp.resolve(name)), ModelOptions.DEFAULTS);
        TinyModels.addLabels(opened);
        return opened;
    }

    private TrainingExample example(String text, String label, double weight) {
        return new TrainingExample(model.encode(TextInput.of(text)), label, weight);
    }

    /** A step that learns nothing, so that losses can be compared. */
    private static StepSettings frozen(long step, long seed) {
        return new StepSettings(step, seed, 0, 0, 0, false, NONE);
    }

    private static double difference(List<HostTensor> a, List<HostTensor> b) {
        double largest = 0;
        for (int i = 0; i < a.size(); i++) {
            float[] left = a.get(i).toArray();
            float[] right = b.get(i).toArray();
            for (int k = 0; k < left.length; k++) {
                largest = Math.max(largest, Math.abs(left[k] - right[k]));
            }
        }
        return largest;
    }

    private static float[] values(Map<String, float[]> tensors, String name) {
        return tensors.getOrDefault(name, new float[0]);
    }

    private static List<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
        assertThat(after.keySet()).isEqualTo(before.keySet());
        return before.keySet().stream()
                .filter(name -> !Arrays.equals(values(before, name), values(after, name)))
                .toList();
    }

    private Map<String, float[]> weights(String name) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(temp.resolve(name));
        }
        return read(temp.resolve(name).resolve("model.safetensors"));
    }

    private Map<String, float[]> optimizer(String name) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeOptimizer(temp.resolve(name));
        }
        return read(temp.resolve(name).resolve("optimizer.safetensors"));
    }

    private static Map<String, float[]> read(Path path) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (SafeTensorsFile file = SafeTensorsFile.open(path)) {
            for (String name : file.names()) {
                tensors.put(name, file.read(name).toArray());
            }
        }
        return tensors;
    }
}
