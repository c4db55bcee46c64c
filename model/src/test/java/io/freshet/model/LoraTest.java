package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTest {

    private static final String QUERY = "bert.encoder.layer.0.attention.self.query";
    private static final String VALUE = "bert.encoder.layer.1.attention.self.value";
    private static final Tuning.Lora LORA = new Tuning.Lora(4, 8, 0.1, List.of());
    private static final ModelOptions OPTIONS = ModelOptions.DEFAULTS.withTuning(LORA);

    @TempDir
    private Path temp;

    private Path base;
    private Path adapted;
    private float[][] logits = new float[0][];

    @BeforeEach
    void train() throws IOException {
        base = TinyModels.initialise(temp.resolve("base"));
        adapted = temp.resolve("adapted");
        try (TrainableClassifier model = Models.openTrainable(base, OPTIONS)) {
            TinyModels.addLabels(model);
            train(model, 1, 40);
            SavedTensors.save(model, adapted);
            logits = logits(model);
        }
    }

    /** The names and shapes of PEFT's checkpoint format: https://huggingface.co/docs/peft/developer_guides/checkpoint. */
    @Test
    void writesTheBaseAsItWasAndTheAdapterAsPeftReadsIt() throws IOException {
        assertThat(adapted.resolve("model.safetensors")).hasSameBinaryContentAs(base.resolve("model.safetensors"));
        Map<String, List<Long>> shapes = SavedTensors.shapes(adapted.resolve("adapter_model.safetensors"));
        assertThat(shapes)
                .hasSize(2 * 2 * 2 + 2)
                .containsEntry("base_model.model." + QUERY + ".lora_A.weight", List.of(4L, 32L))
                .containsEntry("base_model.model." + QUERY + ".lora_B.weight", List.of(32L, 4L))
                .containsEntry("base_model.model." + VALUE + ".lora_A.weight", List.of(4L, 32L))
                .containsEntry("base_model.model.classifier.weight", List.of(3L, 32L))
                .containsEntry("base_model.model.classifier.bias", List.of(3L));
        JsonNode config = new JsonMapper().readTree(Files.readString(adapted.resolve("adapter_config.json")));
        assertThat(config.path("r").asInt()).isEqualTo(4);
        assertThat(config.path("lora_alpha").asInt()).isEqualTo(8);
        assertThat(config.path("target_modules").toString()).isEqualTo("[\"query\",\"value\"]");
        assertThat(config.path("modules_to_save").toString()).isEqualTo("[\"classifier\"]");
        assertThat(config.path("task_type").asText()).isEqualTo("SEQ_CLS");
        assertThat(config.path("fan_in_fan_out").asBoolean()).isFalse();
        assertThat(Files.readString(adapted.resolve("config.json")))
                .contains("BertForSequenceClassification")
                .contains("\"l2\" : 2");
    }

    @Test
    void keepsOptimizerStateOfAdaptersAndHeadAlone() throws IOException {
        assertThat(SavedTensors.read(adapted.resolve("optimizer.safetensors")))
                .hasSize(3 * (2 * 2 * 2 + 2))
                .containsKey("exp_avg." + QUERY + ".lora_A.weight")
                .doesNotContainKey("exp_avg." + QUERY + ".weight");
    }

    @Test
    void answersMergedAsItAnsweredUnmerged() throws IOException {
        float largest = 0;
        for (float[] row : logits) {
            for (float logit : row) {
                largest = Math.max(largest, Math.abs(logit));
            }
        }
        assertThat(largest).isGreaterThan(0.1f); // something was learned
        try (Classifier merged = Models.open(adapted, ModelOptions.DEFAULTS)) {
            assertThat(merged.labels()).containsExactly("l0", "l1", "l2");
            compare(logits(merged), logits);
        }
    }

    @Test
    void mergesIntoADirectoryOfItsOwn() throws IOException {
        Path merged = temp.resolve("merged");
        Models.merge(adapted, Optional.empty(), merged);
        assertThat(merged.resolve("adapter_config.json")).doesNotExist();
        try (Classifier model = Models.open(merged, ModelOptions.DEFAULTS)) {
            compare(logits(model), logits);
        }
        Map<String, float[]> before = SavedTensors.read(base.resolve("model.safetensors"));
        Map<String, float[]> after = SavedTensors.read(merged.resolve("model.safetensors"));
        Map<String, float[]> adapter = SavedTensors.read(adapted.resolve("adapter_model.safetensors"));
        float[] old = before.getOrDefault(QUERY.substring("bert.".length()) + ".weight", new float[0]);
        float[] a = adapter.getOrDefault("base_model.model." + QUERY + ".lora_A.weight", new float[0]);
        float[] b = adapter.getOrDefault("base_model.model." + QUERY + ".lora_B.weight", new float[0]);
        float[] found = after.getOrDefault(QUERY + ".weight", new float[0]);
        for (int out = 0; out < 32; out++) {
            for (int in = 0; in < 32; in++) {
                double sum = 0;
                for (int r = 0; r < 4; r++) {
                    sum += (double) b[out * 4 + r] * a[r * 32 + in];
                }
                // alpha / r = 8 / 4 = 2
                assertThat((double) found[out * 32 + in]).isCloseTo(old[out * 32 + in] + 2 * sum, within(1e-7));
            }
        }
        assertThat(found).isNotEqualTo(old);
        assertThat(after.get("bert.encoder.layer.0.attention.self.key.weight"))
                .isEqualTo(before.get("encoder.layer.0.attention.self.key.weight"));
    }

    @Test
    void goesOnAfterAResumeAsIfItHadNeverStopped() throws IOException {
        Path whole = temp.resolve("whole");
        Path resumed = temp.resolve("resumed");
        try (TrainableClassifier model = Models.openTrainable(base, OPTIONS)) {
            TinyModels.addLabels(model);
            train(model, 1, 45);
            SavedTensors.save(model, whole);
        }
        try (TrainableClassifier model = Models.resume(adapted, adapted, OPTIONS)) {
            compare(logits(model), logits);
            train(model, 41, 45);
            SavedTensors.save(model, resumed);
        }
        for (String file : List.of(
                "adapter_model.safetensors",
                "adapter_config.json",
                "model.safetensors",
                "config.json",
                "optimizer.safetensors")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(Files.mismatch(
                        adapted.resolve("adapter_model.safetensors"), whole.resolve("adapter_model.safetensors")))
                .isNotNegative();
    }

    @Test
    void writesTheBaseAlsoWhenItsDirectoryIsGone() throws IOException {
        Path kept = temp.resolve("kept.safetensors");
        Files.copy(base.resolve("model.safetensors"), kept);
        try (TrainableClassifier model = Models.openTrainable(base, OPTIONS)) {
            Files.delete(base.resolve("model.safetensors"));
            SavedTensors.save(model, temp.resolve("later"));
        }
        assertThat(temp.resolve("later/model.safetensors")).hasSameBinaryContentAs(kept);
    }

    @Test
    void startsAsItsBase() throws IOException {
        Path labelled = temp.resolve("labelled");
        try (TrainableClassifier model = Models.openTrainable(base, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            SavedTensors.save(model, labelled);
        }
        try (TrainableClassifier plain = Models.openTrainable(labelled, ModelOptions.DEFAULTS);
                TrainableClassifier fresh = Models.openTrainable(labelled, OPTIONS)) {
            assertThat(logits(fresh)).isDeepEqualTo(logits(plain)); // B is zero
        }
    }

    @Test
    void drawsTheDropoutBeforeAdaptersFromSeedAndStep() throws IOException {
        ModelShape still = new ModelShape(2, 32, 2, 64, 32, 0);
        Models.initialise(
                temp.resolve("still"), still, WordPieces.bertBaseUncased().cut(TinyModels.TEXTS, 4000), 5);
        try (TrainableClassifier model = Models.openTrainable(temp.resolve("still"), OPTIONS)) {
            TinyModels.addLabels(model);
            train(model, 1, 20);
            List<TrainingExample> batch = TinyModels.batch(model, 8, 0);
            double loss = model.train(batch, frozen(1)).loss();
            assertThat(model.train(batch, frozen(1)).loss()).isEqualTo(loss);
            assertThat(model.train(batch, frozen(2)).loss()).isNotEqualTo(loss);
        }
    }

    @Test
    void opensAnAdapterAloneBesideItsBase() throws IOException {
        Path alone = Files.createDirectory(temp.resolve("alone"));
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors", "config.json")) {
            Files.copy(adapted.resolve(file), alone.resolve(file));
        }
        assertThatThrownBy(() -> Models.open(alone, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("base_model_name_or_path = ''")
                .hasMessageContaining("--base");
        try (Classifier model = Models.open(alone, Optional.of(base), ModelOptions.DEFAULTS)) {
            compare(logits(model), logits);
        }
        edit(
                alone.resolve("adapter_config.json"),
                "\"base_model_name_or_path\" : null",
                "\"base_model_name_or_path\" : \"../base\"");
        try (Classifier model = Models.open(alone, ModelOptions.DEFAULTS)) {
            compare(logits(model), logits);
        }
    }

    @Test
    void trainsAMergedModelWhereTheTuningIsAnother() throws IOException {
        Path full = temp.resolve("full");
        try (TrainableClassifier model = Models.openTrainable(adapted, ModelOptions.DEFAULTS)) {
            compare(logits(model), logits);
            SavedTensors.save(model, full);
        }
        assertThat(full.resolve("adapter_config.json")).doesNotExist();
    }

    @Test
    void refusesAdaptersThatDoNotFit() throws IOException {
        refuses("\"r\" : 4", "\"r\" : 5", "lora_A.weight' has shape [4, 32] but r = 5");
        refuses("\"value\"", "\"values\"", "target_modules names 'values', which is no part of the model");
        refuses("[ \"query\", \"value\" ]", "[ \"query\" ]", "target_modules = [query] do not name it");
        refuses("\"value\"", "\"value\", \"key\"", "self.key.lora_A.weight' is missing");
        refuses("\"bias\" : \"none\"", "\"use_dora\" : true", "use_dora = true is not supported");
    }

    private void refuses(String old, String young, String message) throws IOException {
        Path file = adapted.resolve("adapter_config.json");
        String before = Files.readString(file);
        edit(file, old, young);
        assertThatThrownBy(() -> Models.open(adapted, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
        Files.writeString(file, before);
    }

    @Test
    void refusesFilesThatAreNotPeftS() throws IOException {
        Path file = adapted.resolve("adapter_model.safetensors");
        Path other = temp.resolve("other.safetensors");
        SafeTensorsWriter.write(other, List.of(HostTensor.zeros("lora_A", TensorShape.of(4, 32))), Map.of());
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Models.open(adapted, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tensor 'lora_A' does not begin with 'base_model.model.'");
        SafeTensorsWriter.write(
                file,
                List.of(HostTensor.zeros("base_model.model.lm_head.lora_A.weight", TensorShape.of(4, 32))),
                Map.of());
        assertThatThrownBy(() -> Models.open(adapted, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lm_head.lora_A.weight' belongs to no module of the model")
                .hasMessageContaining("self.query.lora_A.weight' is missing");
        Files.delete(file);
        assertThatThrownBy(() -> Models.open(adapted, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has adapter_config.json but not adapter_model.safetensors");
    }

    /** The base's head stays as it is in its file; the grown one lies with the adapter. */
    @Test
    void growsTheHeadOfABaseThatHasOne() throws IOException {
        Path labelled = temp.resolve("labelled");
        Models.merge(adapted, Optional.empty(), labelled);
        Path grown = temp.resolve("grown");
        float[][] wanted;
        try (TrainableClassifier model = Models.openTrainable(labelled, OPTIONS)) {
            model.addLabel("fourth", 7);
            train(model, 1, 5);
            SavedTensors.save(model, grown);
            wanted = logits(model);
        }
        assertThat(grown.resolve("model.safetensors")).hasSameBinaryContentAs(labelled.resolve("model.safetensors"));
        assertThat(SavedTensors.shapes(grown.resolve("adapter_model.safetensors")))
                .containsEntry("base_model.model.classifier.weight", List.of(4L, 32L));
        try (Classifier model = Models.open(grown, ModelOptions.DEFAULTS);
                TrainableClassifier resumed = Models.resume(grown, grown, OPTIONS)) {
            assertThat(model.labels()).containsExactly("l0", "l1", "l2", "fourth");
            compare(logits(model), wanted);
            assertThat(logits(resumed)).isDeepEqualTo(wanted);
        }
    }

    @Test
    void takesConfigurationAndTokenizerFromTheBaseWhereTheAdapterHasNone() throws IOException {
        Path labelled = temp.resolve("labelled");
        Models.merge(adapted, Optional.empty(), labelled);
        Path saved = temp.resolve("saved");
        float[][] wanted;
        try (TrainableClassifier model = Models.openTrainable(labelled, OPTIONS)) {
            train(model, 1, 5);
            SavedTensors.save(model, saved);
            wanted = logits(model);
        }
        Path alone = Files.createDirectory(temp.resolve("alone"));
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(saved.resolve(file), alone.resolve(file));
        }
        try (Classifier model = Models.open(alone, Optional.of(labelled), ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).containsExactly("l0", "l1", "l2");
            compare(logits(model), wanted);
        }
    }

    @Test
    void learnsInBfloat16NearlyAsInFloat32() throws IOException {
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            ModelOptions options = OPTIONS.withPrecision(i == 0 ? Precision.FP32 : Precision.BF16);
            try (TrainableClassifier model = Models.openTrainable(base, options)) {
                TinyModels.addLabels(model);
                train(model, 1, 20);
                losses[i] =
                        model.train(TinyModels.batch(model, 8, 0), frozen(21)).loss();
                SavedTensors.save(model, temp.resolve("precision" + i));
            }
        }
        // 8 bits of fraction: each product is off by up to 1/256
        assertThat(losses[1]).isNotEqualTo(losses[0]).isCloseTo(losses[0], within(0.1));
        assertThat(temp.resolve("precision1/model.safetensors"))
                .hasSameBinaryContentAs(base.resolve("model.safetensors"));
    }

    @Test
    void refusesToGoOnWithOtherAdapters() {
        ModelOptions other = ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(2, 4, 0, List.of("key")));
        assertThatThrownBy(() -> Models.resume(adapted, adapted, other))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("r = 4 but rank = 2 is set")
                .hasMessageContaining("lora_alpha = 8.0 but alpha = 4.0 is set")
                .hasMessageContaining("target_modules = [query, value]");
    }

    @Test
    void refusesTargetsThatMeanNothingOrTheHead() {
        assertThatThrownBy(() -> open(List.of("q_proj")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the targets [q_proj] name no matrix of this bert")
                .hasMessageContaining("dense, key, query, value");
    }

    /** PEFT means the pooler too by "dense", and by "classifier" what is trained as a whole. */
    @Test
    void adaptsMatricesBehindTheLastLayerButNotTheClassifier() throws IOException {
        Path dense = temp.resolve("dense");
        float[][] wanted;
        try (TrainableClassifier model = Models.openTrainable(
                base, ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(2, 4, 0, List.of("dense"))))) {
            TinyModels.addLabels(model);
            train(model, 1, 10);
            SavedTensors.save(model, dense);
            wanted = logits(model);
        }
        assertThat(SavedTensors.shapes(dense.resolve("adapter_model.safetensors")))
                .containsKey("base_model.model.bert.pooler.dense.lora_A.weight")
                .containsKey("base_model.model.bert.encoder.layer.1.intermediate.dense.lora_B.weight");
        try (Classifier model = Models.open(dense, ModelOptions.DEFAULTS)) {
            compare(logits(model), wanted);
        }
    }

    @Test
    void refusesToMergeWhatIsNoAdapter() {
        assertThatThrownBy(() -> Models.merge(base, Optional.empty(), temp.resolve("out")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nothing to merge");
        assertThatThrownBy(() -> Models.merge(adapted, Optional.empty(), adapted))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another directory");
        assertThatThrownBy(() -> Models.open(base, Optional.of(adapted), ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needs no base");
    }

    @Test
    void adaptsALanguageModel() throws IOException {
        Path masked = temp.resolve("masked");
        Models.initialise(
                masked,
                TinyModels.SHAPE,
                WordPieces.bertBaseUncased().cut(TinyModels.TEXTS, 4000),
                Objective.MASKED_LM,
                5);
        Path tuned = temp.resolve("tuned");
        List<TextScore> scores;
        try (TrainableLanguageModel model = Models.trainableLanguageModel(masked, Objective.MASKED_LM, OPTIONS)) {
            List<TrainingExample> batch = TinyModels.TEXTS.stream()
                    .map(text -> new TrainingExample(model.encode(TextInput.of(text)), null, 1))
                    .toList();
            for (int step = 1; step <= 10; step++) {
                model.train(batch, TinyModels.settings(step));
            }
            SavedTensors.save(model, tuned);
            scores = scores(model);
        }
        assertThat(SavedTensors.shapes(tuned.resolve("adapter_model.safetensors")))
                .hasSize(2 * 2 * 2);
        assertThat(Files.readString(tuned.resolve("adapter_config.json")))
                .contains("\"task_type\" : null")
                .contains("\"modules_to_save\" : null");
        try (LanguageModel model = Models.openLanguageModel(tuned, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            List<TextScore> merged = scores(model);
            for (int i = 0; i < scores.size(); i++) {
                assertThat(merged.get(i).bitsPerToken()).isCloseTo(scores.get(i).bitsPerToken(), within(1e-5));
            }
        }
    }

    private static List<TextScore> scores(LanguageModel model) {
        return model.score(TinyModels.TEXTS.stream()
                .map(text -> new SeededText(model.encode(TextInput.of(text)), text.hashCode()))
                .toList());
    }

    private void open(List<String> targets) {
        Models.openTrainable(base, ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(4, 8, 0, targets)))
                .close();
    }

    private static void edit(Path file, String old, String young) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(old);
        Files.writeString(file, before.replace(old, young));
    }

    /** The merged matrices are rounded to float32 once: some 1e-7 of logits of size 1; 1e-5 is what is promised. */
    private static void compare(float[][] found, float[][] wanted) {
        assertThat(found).hasDimensions(wanted.length, wanted[0].length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).containsExactly(wanted[i], within(1e-5f));
        }
    }

    private static float[][] logits(Classifier model) {
        return ((LoadedTextModel) model)
                .logitRows(TinyModels.TEXTS.stream()
                        .map(text -> model.encode(TextInput.of(text)))
                        .toList());
    }

    private static void train(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            model.train(TinyModels.batch(model, 8, step), new StepSettings(step, 11, 1e-2, 1e-2, 0.01, false, 1));
        }
    }

    /** A step that learns nothing, so that losses can be compared. */
    private static StepSettings frozen(long step) {
        return new StepSettings(step, 11, 0, 0, 0, false, Double.POSITIVE_INFINITY);
    }
}
