package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Importances against squared gradients that are computed one example at a time: float32 sums of a few squares of size up
 * to 100 differ by some 1e-5 of them.
 */
class ImportanceTest {

    @TempDir
    private Path temp;

    private LearningClassifierModel model;

    @BeforeEach
    void open() throws IOException {
        model = (LearningClassifierModel)
                Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS);
        TinyModels.addLabels(model);
    }

    @AfterEach
    void close() {
        model.close();
    }

    /**
     * Schwarz et al., "Progress & compress: a scalable framework for continual learning", 2018 (online EWC):
     * F* becomes gamma F* + F, and the weights to stay at are the newest; F is the empirical Fisher information.
     */
    @Test
    void keepsAPartOfTheOldImportanceAndAddsTheMeanSquaredGradient() throws IOException {
        List<TrainingExample> first = TinyModels.batch(model, 3, 1);
        Map<String, double[]> wanted = squares(first);
        model.consolidate(first, 0.5); // nothing was held, so 0.5 * 0
        compare(wanted, "once");
        model.train(TinyModels.batch(model, 8, 2), TinyModels.settings(1));
        List<TrainingExample> second = TinyModels.batch(model, 4, 3);
        Map<String, double[]> more = squares(second);
        wanted.forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.5 * values[i] + more.getOrDefault(name, new double[0])[i];
            }
        });
        model.consolidate(second, 0.5);
        compare(wanted, "twice");
    }

    @Test
    void holdsTheWeightsAsTheyAreNow() throws IOException {
        model.hold();
        model.train(TinyModels.batch(model, 8, 2), TinyModels.settings(1));
        model.consolidate(TinyModels.batch(model, 2, 3), 1);
        Map<String, float[]> state = saved("held");
        Map<String, float[]> weights = SavedTensors.read(temp.resolve("held/model.safetensors"));
        weights.forEach((name, values) -> assertThat(state.get("held." + name)).isEqualTo(values));
        // hold() gave 1, of which all is kept, and a square is never negative
        for (float importance : state.getOrDefault("importance.bert.pooler.dense.weight", new float[0])) {
            assertThat(importance).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void countsAnExampleOfWeightTwoTwiceAndOneOfWeightZeroNever() throws IOException {
        TrainingExample a = TinyModels.batch(model, 1, 1).get(0);
        TrainingExample b = TinyModels.batch(model, 1, 2).get(0);
        model.consolidate(List.of(a, a, b), 0);
        Map<String, float[]> twice = saved("twice");
        model.consolidate(
                List.of(new TrainingExample(a.input(), a.label(), 2), b, new TrainingExample(b.input(), "l1", 0)), 0);
        Map<String, float[]> weighted = saved("weighted");
        twice.forEach((name, values) -> assertThat(weighted.get(name)).containsExactly(values, within(1e-5f)));
        assertThat(twice.get("importance.classifier.bias")).doesNotContain(0);
    }

    @Test
    void doesNotMindGuides() throws IOException {
        TrainingExample plain = TinyModels.batch(model, 1, 1).get(0);
        model.consolidate(List.of(plain), 0);
        Map<String, float[]> wanted = saved("plain");
        Guide guide = Guide.recall(new float[] {3, -3}, 5);
        model.consolidate(List.of(new TrainingExample(plain.input(), plain.label(), 1, guide)), 0);
        Map<String, float[]> found = saved("guided");
        wanted.forEach((name, values) -> assertThat(found.get(name)).isEqualTo(values));
    }

    @Test
    void leavesTheWeightsTheMomentsAndTheAverageAlone() throws IOException {
        model.train(TinyModels.batch(model, 8, 2), TinyModels.settings(1).withAverageDecay(0.5));
        Map<String, float[]> before = saved("before");
        model.consolidate(TinyModels.batch(model, 3, 3), 0);
        Map<String, float[]> after = saved("after");
        before.forEach((name, values) -> assertThat(after.get(name)).as(name).isEqualTo(values));
        assertThat(temp.resolve("after/model.safetensors"))
                .hasSameBinaryContentAs(temp.resolve("before/model.safetensors"));
        // held are the plain weights, not their average
        assertThat(after.get("held.bert.pooler.dense.weight")).isEqualTo(after.get("weight.bert.pooler.dense.weight"));
    }

    @Test
    void refusesASampleThatTellsNothing() {
        assertThatThrownBy(() -> model.consolidate(List.of(), 0.5))
                .hasMessageContaining("0 examples without any weight");
        TrainingExample none = new TrainingExample(model.encode(TextInput.of("hello")), "l0", 0);
        assertThatThrownBy(() -> model.consolidate(List.of(none), 0.5)).hasMessageContaining("1 examples");
        assertThatThrownBy(() -> model.consolidate(TinyModels.batch(model, 2, 0), 1.1))
                .hasMessageContaining("keep 1.1 is outside [0, 1]");
    }

    private Map<String, double[]> squares(List<TrainingExample> sample) {
        Map<String, double[]> sums = new TreeMap<>();
        for (TrainingExample example : sample) {
            for (HostTensor gradient : model.gradients(List.of(example), TinyModels.settings(1))) {
                float[] values = gradient.toArray();
                double[] sum = sums.computeIfAbsent(gradient.name(), name -> new double[values.length]);
                for (int i = 0; i < values.length; i++) {
                    sum[i] += (double) values[i] * values[i] / sample.size();
                }
            }
        }
        return sums;
    }

    private void compare(Map<String, double[]> wanted, String name) throws IOException {
        Map<String, float[]> state = saved(name);
        double largest = 0;
        for (Map.Entry<String, double[]> entry : wanted.entrySet()) {
            float[] found = state.getOrDefault("importance." + entry.getKey(), new float[0]);
            double[] values = entry.getValue();
            assertThat(found).hasSize(values.length);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) found[i]).isCloseTo(values[i], within(1e-7 + 1e-4 * values[i]));
                largest = Math.max(largest, values[i]);
            }
        }
        assertThat(largest).isGreaterThan(1e-2);
    }

    private Map<String, float[]> saved(String name) throws IOException {
        SavedTensors.save(model, temp.resolve(name));
        return SavedTensors.read(temp.resolve(name).resolve("optimizer.safetensors"));
    }
}
