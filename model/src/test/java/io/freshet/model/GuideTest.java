package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losses of a small model with dropout off, against the papers' formulas computed here in double precision from its
 * logits. The model computes in float32: losses of size 1 to 10 agree within 1e-5.
 */
class GuideTest {

    private static final float[] KEPT = {0.3f, -1.2f};

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
     * Buzzega et al., "Dark experience for general continual learning", 2020 (DER++): the cross-entropy of new examples,
     * alpha times the mean squared difference of old ones' logits and beta times the cross-entropy of old ones.
     */
    @Test
    void addsTheMeanSquaredDifferenceFromKeptLogits() {
        double alpha = 0.7;
        double beta = 0.5;
        TrainingExample fresh = example(0, "l0", 1, null);
        TrainingExample old = example(1, "l2", beta, Guide.recall(KEPT, alpha));
        float[] x = logits(1);
        double squares = (square(x[0] - KEPT[0]) + square(x[1] - KEPT[1])) / 2;
        double wanted = (entropy(logits(0), 0) + beta * entropy(x, 2) + alpha * squares) / (1 + beta);
        assertThat(loss(fresh, old)).isCloseTo(wanted, within(1e-5));
    }

    /** The same paper (DER): the old ones' logits alone, each term a mean over its own examples. */
    @Test
    void learnsFromKeptLogitsAloneWhereTheWeightIsZero() {
        TrainingExample fresh = example(0, "l0", 1, null);
        TrainingExample old = example(1, "l2", 0, Guide.recall(KEPT, 2));
        float[] x = logits(1);
        double squares = (square(x[0] - KEPT[0]) + square(x[1] - KEPT[1])) / 2;
        assertThat(loss(fresh, old)).isCloseTo(entropy(logits(0), 0) + 2 * squares, within(1e-5));
        assertThat(loss(old)).isCloseTo(2 * squares, within(1e-5));
        assertThat(loss(old, old)).isCloseTo(2 * squares, within(1e-5));
    }

    /**
     * Li and Hoiem, "Learning without forgetting", 2016, section 3, as a divergence and with the factor T² of Hinton et al.,
     * "Distilling the knowledge in a neural network", 2015, section 2.
     */
    @Test
    void distilsATeacherOfTheFirstLabels() {
        double temperature = 2;
        TrainingExample taught = example(1, "l2", 1, Guide.teach(KEPT, 0.4, temperature));
        float[] x = logits(1);
        double divergence = 0;
        for (int label = 0; label < 2; label++) {
            double p = probability(KEPT, label, temperature, List.of(0, 1));
            double q = probability(x, label, temperature, List.of(0, 1));
            divergence += p * Math.log(p / q);
        }
        assertThat(divergence).isGreaterThan(1e-2);
        assertThat(loss(taught)).isCloseTo(entropy(x, 2) + 0.4 * 4 * divergence, within(1e-5));
        assertThat(loss(example(1, "l2", 0, Guide.teach(x, 3, temperature)))).isCloseTo(0, within(1e-6));
    }

    /**
     * Caccia et al., "New insights on reducing abrupt representation change in online continual learning", 2022
     * (ER-ACE): the new examples' softmax has the labels of the batch alone, the old ones' has all.
     */
    @Test
    void takesTheSoftmaxAmongSomeLabels() {
        TrainingExample fresh = example(0, "l0", 1, Guide.among(rows(0, 1)));
        TrainingExample old = example(1, "l2", 1, null);
        double restricted = -Math.log(probability(logits(0), 0, 1, List.of(0, 1)));
        assertThat(restricted).isNotCloseTo(entropy(logits(0), 0), within(1e-2));
        assertThat(loss(fresh, old)).isCloseTo((restricted + entropy(logits(1), 2)) / 2, within(1e-5));
        assertThat(loss(example(0, "l0", 1, Guide.among(rows(0))))).isCloseTo(0, within(1e-6));
    }

    @Test
    void leavesTheHeadsRowsOfOtherLabelsAlone() {
        List<HostTensor> gradients =
                model.gradients(List.of(example(0, "l0", 1, Guide.among(rows(0, 2)))), TinyModels.settings(1));
        float[] bias = named(gradients, "classifier.bias");
        double p = probability(logits(0), 0, 1, List.of(0, 2));
        // the gradient of a cross-entropy by the logits: softmax minus truth, and exactly 0 outside the softmax
        assertThat(bias[0]).isCloseTo((float) (p - 1), within(1e-6f));
        assertThat(bias[1]).isZero();
        assertThat(bias[2]).isCloseTo((float) (1 - p), within(1e-6f));
    }

    @Test
    void spreadsSmoothingOverTheChosenLabelsAlone() {
        TrainingExample one = example(0, "l0", 1, Guide.among(rows(0, 2)));
        double first = -Math.log(probability(logits(0), 0, 1, List.of(0, 2)));
        double third = -Math.log(probability(logits(0), 2, 1, List.of(0, 2)));
        // Szegedy et al., 2016, section 7: 0.8 of the target is the label's, 0.2 is spread over two
        double wanted = 0.8 * first + 0.2 * (first + third) / 2;
        double found = model.step(List.of(one), frozen().withLabelSmoothing(0.2), false)
                .loss();
        assertThat(found).isCloseTo(wanted, within(1e-5));
    }

    @Test
    void combinesAllPartsInOneExample() {
        Guide all = Guide.among(rows(0, 2)).and(Guide.recall(KEPT, 0.7)).and(Guide.teach(KEPT, 0.4, 2));
        double together = loss(example(1, "l2", 1, all));
        double among = loss(example(1, "l2", 1, Guide.among(rows(0, 2))));
        double recalled = loss(example(1, "l2", 0, Guide.recall(KEPT, 0.7)));
        double taught = loss(example(1, "l2", 0, Guide.teach(KEPT, 0.4, 2)));
        assertThat(together).isCloseTo(among + recalled + taught, within(1e-5));
    }

    @Test
    void isPlainWhereAGuideAsksForNothing() {
        BitSet all = rows(0, 1, 2);
        List<TrainingExample> plain = new ArrayList<>();
        List<TrainingExample> guided = new ArrayList<>();
        for (int i = 0; i < TinyModels.TEXTS.size(); i++) {
            plain.add(example(i, "l" + i % 3, 1 + i, null));
            guided.add(example(i, "l" + i % 3, 1 + i, i == 3 ? Guide.among(all).and(Guide.recall(KEPT, 0)) : null));
        }
        StepSettings settings = TinyModels.settings(1).withLabelSmoothing(0.1);
        List<HostTensor> wanted = model.gradients(plain, settings);
        compare(wanted, model.gradients(guided, settings));
        compare(wanted, model.gradients(guided, settings.withTokenBudget(30)));
    }

    @Test
    void addsUpOverMicroBatchesOfWhichSomeHaveGuides() {
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < TinyModels.TEXTS.size(); i++) {
            Guide guide = i % 2 == 0 ? null : Guide.recall(KEPT, i).and(Guide.teach(KEPT, 1, 2));
            batch.add(example(i, "l" + i % 3, i % 3, guide));
        }
        StepSettings whole = TinyModels.settings(1);
        compare(model.gradients(batch, whole), model.gradients(batch, whole.withTokenBudget(20)));
        assertThat(model.step(batch, frozen().withTokenBudget(20), false).loss())
                .isCloseTo(model.step(batch, frozen(), false).loss(), within(1e-5));
    }

    @Test
    void comesBackToKeptLogitsThoughLabelsWereAdded() {
        List<float[]> kept = IntStream.range(0, 2).mapToObj(this::logits).toList();
        model.addLabel("fourth", 7);
        for (int step = 1; step <= 30; step++) {
            model.train(List.of(example(0, "fourth", 1, null), example(1, "fourth", 1, null)), settings(step));
        }
        double away = square(logits(0)[0] - kept.get(0)[0]);
        for (int step = 31; step <= 150; step++) {
            model.train(
                    List.of(
                            example(0, "l0", 0, Guide.recall(kept.get(0), 1)),
                            example(1, "l1", 0, Guide.recall(kept.get(1), 1))),
                    settings(step));
        }
        assertThat(away).isGreaterThan(1e-2);
        assertThat(square(logits(0)[0] - kept.get(0)[0])).isLessThan(away / 10);
        assertThat(logits(0)).hasSize(4);
    }

    @Test
    void refusesGuidesThatDoNotFit() {
        Guide long4 = Guide.recall(new float[4], 1);
        assertThatThrownBy(() -> loss(example(0, "l0", 1, long4))).hasMessageContaining("logits of 4 labels");
        assertThatThrownBy(() -> loss(example(0, "l0", 1, Guide.teach(new float[4], 1, 2))))
                .hasMessageContaining("logits of 4 labels");
        assertThatThrownBy(() -> loss(example(0, "l0", 1, Guide.among(rows(1, 2)))))
                .hasMessageContaining("leaves out the example's own, of row 0");
        assertThatThrownBy(() -> loss(example(0, "l0", 1, Guide.among(rows(0, 3)))))
                .hasMessageContaining("up to row 3, but the model has 3 labels");
        assertThatThrownBy(() -> long4.and(long4)).hasMessageContaining("same part");
        assertThatThrownBy(() -> Guide.recall(new float[0], 1)).hasMessageContaining("no logits");
        assertThatThrownBy(() -> Guide.recall(new float[] {Float.NaN}, 1)).hasMessageContaining("logit NaN");
        assertThatThrownBy(() -> Guide.recall(KEPT, -1)).hasMessageContaining("weight -1.0");
        assertThatThrownBy(() -> Guide.teach(KEPT, 1, 0)).hasMessageContaining("temperature 0.0");
        assertThatThrownBy(() -> Guide.among(new BitSet())).hasMessageContaining("no label");
    }

    private TrainingExample example(int text, String label, double weight, @Nullable Guide guide) {
        return new TrainingExample(model.encode(TextInput.of(TinyModels.TEXTS.get(text))), label, weight, guide);
    }

    private float[] logits(int text) {
        return model.logits(List.of(model.encode(TextInput.of(TinyModels.TEXTS.get(text)))))
                .get(0);
    }

    private double loss(TrainingExample... batch) {
        return model.step(List.of(batch), frozen(), false).loss();
    }

    /** A step that learns nothing. */
    private static StepSettings frozen() {
        return new StepSettings(1, 11, 0, 0, 0, false, Double.POSITIVE_INFINITY);
    }

    private static StepSettings settings(long step) {
        return new StepSettings(step, 11, 2e-3, 2e-3, 0, false, 1);
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        IntStream.of(rows).forEach(set::set);
        return set;
    }

    private static double entropy(float[] logits, int label) {
        return -Math.log(probability(
                logits, label, 1, IntStream.range(0, logits.length).boxed().toList()));
    }

    private static double probability(float[] logits, int label, double temperature, List<Integer> among) {
        double sum = among.stream()
                .mapToDouble(other -> Math.exp(logits[other] / temperature))
                .sum();
        return Math.exp(logits[label] / temperature) / sum;
    }

    private static double square(double x) {
        return x * x;
    }

    private static float[] named(List<HostTensor> tensors, String name) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .toArray();
    }

    /** Sums in another order: some 1e-7 of gradients of size 1 to 10; 1e-5 leaves room. */
    private static void compare(List<HostTensor> wanted, List<HostTensor> found) {
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(found.get(i).toArray()).containsExactly(wanted.get(i).toArray(), within(1e-5f));
        }
    }
}
