package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {

    private static final List<String> HEAD =
            List.of("bert.pooler.dense.bias", "bert.pooler.dense.weight", "classifier.bias", "classifier.weight");

    @TempDir
    private Path temp;

    private Path labelled;

    @BeforeEach
    void write() throws IOException {
        labelled = temp.resolve("labelled");
        try (TrainableClassifier model =
                Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            SavedTensors.save(model, labelled);
        }
    }

    @Test
    void trainsTheHeadAlone() throws IOException {
        assertThat(trained(new Tuning.HeadOnly())).containsExactlyElementsOf(HEAD);
    }

    @Test
    void trainsTheHeadAndTheLastLayers() throws IOException {
        assertThat(trained(new Tuning.TopLayers(1)))
                .containsAll(HEAD)
                .contains(
                        "bert.encoder.layer.1.attention.self.query.weight",
                        "bert.encoder.layer.1.output.LayerNorm.bias")
                .allMatch(name -> HEAD.contains(name) || name.startsWith("bert.encoder.layer.1."))
                .hasSize(4 + 16);
        assertThat(trained(new Tuning.TopLayers(2)))
                .contains("bert.encoder.layer.0.attention.self.query.weight")
                .noneMatch(name -> name.startsWith("bert.embeddings."));
    }

    @Test
    void trainsEverythingUnlessTold() throws IOException {
        assertThat(trained(Tuning.FULL)).hasSize(5 + 2 * 16 + 4);
    }

    /** Trains a little, and checks that gradients, optimizer state and changed weights are of the same weights. */
    private List<String> trained(Tuning tuning) throws IOException {
        Path after = temp.resolve(tuning.toString());
        ModelOptions options = ModelOptions.DEFAULTS.withTuning(tuning);
        List<String> graded;
        try (LearningClassifierModel model = (LearningClassifierModel) Models.openTrainable(labelled, options)) {
            graded = model.gradients(TinyModels.batch(model, 8, 0), TinyModels.settings(1)).stream()
                    .map(HostTensor::name)
                    .sorted()
                    .toList();
            for (int step = 1; step <= 3; step++) {
                model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
            }
            SavedTensors.save(model, after);
        }
        List<String> expected = new ArrayList<>();
        for (String prefix : List.of("exp_avg.", "exp_avg_sq.", "step.")) {
            graded.forEach(name -> expected.add(prefix + name));
        }
        assertThat(SavedTensors.read(after.resolve("optimizer.safetensors")).keySet())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(SavedTensors.changed(labelled.resolve("model.safetensors"), after.resolve("model.safetensors")))
                .containsExactlyElementsOf(graded);
        return graded;
    }

    @Test
    void goesOnAfterAResumeAsIfItHadNeverStopped() throws IOException {
        ModelOptions options = ModelOptions.DEFAULTS.withTuning(new Tuning.TopLayers(1));
        try (TrainableClassifier model = Models.openTrainable(labelled, options)) {
            train(model, 1, 4);
            SavedTensors.save(model, temp.resolve("half"));
            train(model, 5, 8);
            SavedTensors.save(model, temp.resolve("whole"));
        }
        try (TrainableClassifier model = Models.resume(temp.resolve("half"), temp.resolve("half"), options)) {
            train(model, 5, 8);
            SavedTensors.save(model, temp.resolve("resumed"));
        }
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(temp.resolve("resumed").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("whole").resolve(file));
        }
    }

    @Test
    void refusesToResumeARunThatTrainedOtherWeights() throws IOException {
        try (TrainableClassifier model =
                Models.openTrainable(labelled, ModelOptions.DEFAULTS.withTuning(new Tuning.HeadOnly()))) {
            SavedTensors.save(model, temp.resolve("head"));
        }
        assertThatThrownBy(() -> Models.resume(temp.resolve("head"), temp.resolve("head"), ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("optimizer.safetensors")
                .hasMessageContaining("set the tuning of the run that is resumed");
    }

    @Test
    void refusesMoreLayersThanThereAre() {
        assertThatThrownBy(
                        () -> Models.openTrainable(labelled, ModelOptions.DEFAULTS.withTuning(new Tuning.TopLayers(3))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("3 layers are to be trained but the model has 2");
    }

    private static void train(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
        }
    }
}
