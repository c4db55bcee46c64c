package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transformers wrote, loaded, saved, loaded and saved again. */
class RoundTripTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fixtures/bert-classification",
                "fixtures/bert-masked-lm",
                "fixtures/distilbert-classification",
                "fixtures/roberta-classification",
                "fixtures/gpt2-causal-lm",
                "fixtures/gpt2-classification",
                "fixtures/llama-causal-lm",
                "data/weights_stories260k/hf"
            })
    void keepsEveryTensorUnderTheNameThatTransformersGaveIt(String directory) throws IOException {
        Path original = Fixtures.shared(directory);
        resave(original, temp.resolve("saved"));
        assertThat(tensors(temp.resolve("saved"))).isEqualTo(tensors(original));
        assertThat(Models.objective(temp.resolve("saved"))).isEqualTo(Models.objective(original));
        resave(temp.resolve("saved"), temp.resolve("again"));
        for (String file : List.of("model.safetensors", "config.json", "tokenizer.json")) {
            assertThat(temp.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("saved").resolve(file));
        }
    }

    @Test
    void savesWhatWasLearntByWeightsThatAreShared() throws IOException {
        Path original = Fixtures.shared("fixtures/gpt2-causal-lm");
        float[] before = null;
        try (TrainableLanguageModel model =
                Models.trainableLanguageModel(original, Objective.CAUSAL_LM, ModelOptions.DEFAULTS)) {
            EncodedText text = model.encode(TextInput.of("book a table for four at 7pm"));
            model.train(List.of(new TrainingExample(text, null, 1)), TinyModels.settings(1));
            before = ((LoadedTextModel) model).logitRows(List.of(text))[0];
            save(model, temp.resolve("saved"));
        }
        assertThat(tensors(temp.resolve("saved"))).doesNotContainKey("lm_head.weight");
        try (LanguageModel model =
                Models.openLanguageModel(temp.resolve("saved"), Objective.CAUSAL_LM, ModelOptions.DEFAULTS)) {
            EncodedText text = model.encode(TextInput.of("book a table for four at 7pm"));
            assertThat(((LoadedTextModel) model).logitRows(List.of(text))[0]).isEqualTo(before);
        }
    }

    static void resave(Path from, Path to) throws IOException {
        Objective objective = Models.objective(from);
        try (Trainable model = objective.isLanguageModel()
                ? Models.trainableLanguageModel(from, objective, ModelOptions.DEFAULTS)
                : Models.openTrainable(from, ModelOptions.DEFAULTS)) {
            save(model, to);
        }
    }

    private static void save(Trainable model, Path to) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(to);
        }
    }

    /** Returns shape and elements of each tensor by its name in the file. */
    static Map<String, List<Object>> tensors(Path directory) throws IOException {
        Map<String, List<Object>> tensors = new TreeMap<>();
        try (WeightFiles files = WeightFiles.open(directory)) {
            for (String name : files.names()) {
                HostTensor tensor = files.read(name);
                List<Float> elements = new ArrayList<>();
                for (float element : tensor.toArray()) {
                    elements.add(element);
                }
                tensors.put(name, List.of(tensor.shape(), elements));
            }
        }
        return tensors;
    }
}
