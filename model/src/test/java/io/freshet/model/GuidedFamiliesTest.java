package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guides and restraints with every family's classifier, in either precision, with all weights or adapters trained. */
class GuidedFamiliesTest {

    private static final List<String> TEXTS =
            List.of("hello", "set an alarm", "play some jazz please", "now", "some alarm now please");

    @TempDir
    private Path temp;

    static Stream<Arguments> cases() {
        return Stream.of("bert", "roberta", "distilbert", "gpt2-classification", "llama-classification")
                .flatMap(name -> Stream.of(
                        Arguments.of(name, Precision.FP32, Tuning.FULL),
                        Arguments.of(name, Precision.BF16, new Tuning.Lora(2, 4, 0.1, List.of()))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheGuidedLossFromItsLogits(String name, Precision precision, Tuning tuning) throws IOException {
        try (LearningClassifierModel model = open(name, precision, tuning)) {
            BitSet both = new BitSet();
            both.set(0, 2);
            float[] kept = {0.5f, -0.5f};
            for (int i = 0; i < TEXTS.size(); i++) {
                EncodedText text = model.encode(TextInput.of(TEXTS.get(i)));
                float[] x = model.logits(List.of(text)).get(0);
                double squares = (Math.pow(x[0] - kept[0], 2) + Math.pow(x[1] - kept[1], 2)) / 2;
                double own = Scoring.logSoftmax(new float[] {x[0], x[1]}, 1)[i % 2];
                double[] truth = Scoring.logSoftmax(kept, 2);
                double[] cooled = Scoring.logSoftmax(new float[] {x[0], x[1]}, 2);
                double divergence = 0;
                for (int k = 0; k < 2; k++) {
                    divergence += Math.exp(truth[k]) * (truth[k] - cooled[k]);
                }
                Guide guide = Guide.among(both).and(Guide.recall(kept, 0.3)).and(Guide.teach(kept, 0.2, 2));
                TrainingExample example =
                        new TrainingExample(text, model.labels().get(i % 2), 1, guide);
                double found = model.step(List.of(example), still(), false).loss();
                double wanted = -own + 0.3 * squares + 0.2 * 4 * divergence;
                // logits come in float32 whatever the network computes in, so the loss is as exact in bfloat16
                assertThat(found).isCloseTo(wanted, within(1e-5 + 1e-5 * wanted));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void addsUpOverMicroBatches(String name, Precision precision, Tuning tuning) throws IOException {
        try (LearningClassifierModel model = open(name, precision, tuning)) {
            model.hold();
            model.train(batch(model), settings(1));
            StepSettings whole = settings(2).withPull(0.7);
            List<HostTensor> wanted = model.gradients(batch(model), whole);
            List<HostTensor> found = model.gradients(batch(model), whole.withTokenBudget(4));
            double apart = 0;
            double size = 0;
            for (int i = 0; i < wanted.size(); i++) {
                float[] left = wanted.get(i).toArray();
                float[] right = found.get(i).toArray();
                for (int k = 0; k < left.length; k++) {
                    apart += Math.pow(left[k] - right[k], 2);
                    size += Math.pow(left[k], 2);
                }
            }
            // bfloat16 rounds to 8 bits, and sums over other shapes are rounded elsewhere
            assertThat(Math.sqrt(apart / size)).isLessThan(precision == Precision.BF16 ? 0.05 : 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesOnAfterAResumeAsIfItHadNeverStopped(String name, Precision precision, Tuning tuning) throws IOException {
        ModelOptions options = options(precision, tuning);
        try (LearningClassifierModel model = open(name, precision, tuning)) {
            learn(model, 1, 3);
            SavedTensors.save(model, temp.resolve("half"));
            learn(model, 4, 6);
            SavedTensors.save(model, temp.resolve("whole"));
        }
        try (TrainableClassifier model = Models.resume(temp.resolve("half"), temp.resolve("half"), options)) {
            learn(model, 4, 6);
            SavedTensors.save(model, temp.resolve("resumed"));
        }
        String weights = tuning instanceof Tuning.Lora ? "adapter_model.safetensors" : "model.safetensors";
        for (String file : List.of(weights, "optimizer.safetensors")) {
            assertThat(temp.resolve("resumed").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("whole").resolve(file));
        }
    }

    private static void learn(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            StepSettings settings = settings(step)
                    .withPull(0.5)
                    .withTokenBudget(8)
                    .withFrozenRows(step % 2)
                    .withFrozenBody(step % 3 == 2);
            List<TrainingExample> batch = batch(model);
            List<Double> interference = model.interference(batch.subList(0, 2), settings, batch.subList(2, 5));
            assertThat(interference).hasSize(3).allMatch(Double::isFinite).anyMatch(change -> change != 0);
            model.train(batch, settings);
            model.consolidate(batch.subList(0, 2), 0.5);
            if (step == 2) {
                model.addLabel("added", 3);
            }
        }
    }

    private static List<TrainingExample> batch(TrainableClassifier model) {
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            Guide guide = Guide.recall(new float[] {0.5f, -0.5f}, 0.3);
            String label = model.labels().get(i % model.labels().size());
            batch.add(new TrainingExample(
                    model.encode(TextInput.of(TEXTS.get(i))), label, 1 + i % 2, i % 2 == 0 ? guide : null));
        }
        return batch;
    }

    private LearningClassifierModel open(String name, Precision precision, Tuning tuning) throws IOException {
        Path directory = GoldenModels.write(name, temp.resolve("model"));
        return (LearningClassifierModel) Models.openTrainable(directory, options(precision, tuning));
    }

    private static ModelOptions options(Precision precision, Tuning tuning) {
        return ModelOptions.DEFAULTS.withPrecision(precision).withTuning(tuning);
    }

    private static StepSettings settings(long step) {
        return new StepSettings(step, 11, 1e-2, 2e-2, 0.01, false, 1);
    }

    private static StepSettings still() {
        return new StepSettings(1, 11, 0, 0, 0, false, 1);
    }
}
