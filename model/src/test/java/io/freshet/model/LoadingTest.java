package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadingTest {

    @TempDir
    private Path temp;

    private Path bare;
    private Path labelled;

    @BeforeEach
    void write() throws IOException {
        bare = TinyModels.initialise(temp.resolve("bare"));
        labelled = temp.resolve("labelled");
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            save(model, labelled);
        }
    }

    @Test
    void savesAModelWithoutLabelsAsABareBody() throws IOException {
        assertThat(names(bare)).contains("embeddings.word_embeddings.weight", "pooler.dense.bias");
        assertThat(names(bare)).noneMatch(name -> name.startsWith("bert.") || name.startsWith("classifier."));
        assertThat(Files.readString(bare.resolve("config.json")))
                .contains("\"BertModel\"")
                .doesNotContain("id2label");
        Path again = temp.resolve("again");
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            save(model, again);
        }
        assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(bare.resolve("model.safetensors"));
    }

    @ParameterizedTest
    @EnumSource
    void storesWeightsAsAskedAndSaysSo(StoredType type) throws IOException {
        Path stored = temp.resolve("stored");
        try (TrainableClassifier model = Models.openTrainable(labelled, ModelOptions.DEFAULTS);
                ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(stored, type);
        }
        assertThat(Files.readString(stored.resolve("config.json")))
                .containsPattern("\"(torch_)?dtype\" : \"%s\"".formatted(type.dtype()));
        // relative error at most half a unit in the last of 8 and of 11 bits; initial weights of 2e-2 are above 2^-14
        double unit = switch (type) {
            case FLOAT32 -> 0.0;
            case BFLOAT16 -> 0x1p-8;
            case FLOAT16 -> 0x1p-11;
        };
        List<HostTensor> exact = tensors(labelled);
        List<HostTensor> rounded = tensors(stored);
        assertThat(rounded).hasSameSizeAs(exact);
        for (int i = 0; i < exact.size(); i++) {
            float[] expected = exact.get(i).toArray();
            float[] actual = rounded.get(i).toArray();
            for (int j = 0; j < expected.length; j++) {
                assertThat((double) actual[j])
                        .isCloseTo(expected[j], within(unit * Math.abs(expected[j]) + (unit == 0 ? 0 : 0x1p-25)));
            }
        }
        try (Classifier model = Models.open(stored, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).containsExactly("l0", "l1", "l2");
        }
    }

    @Test
    void answersNoLabelWhereItKnowsNone() {
        try (Classifier model = Models.open(bare, ModelOptions.DEFAULTS)) {
            Answer answer =
                    model.classify(List.of(model.encode(TextInput.of("hello")))).get(0);
            assertThat(answer.label()).isNull();
            assertThat(answer.probabilityOf("x")).isEqualTo(1e-6);
        }
    }

    @Test
    void savesLabelsAndCompanions() throws IOException {
        assertThat(names(labelled)).contains("bert.pooler.dense.weight", "classifier.weight");
        assertThat(Files.readString(labelled.resolve("config.json")))
                .contains("BertForSequenceClassification")
                .contains("\"l1\" : 1");
        for (String companion : List.of("tokenizer.json", "tokenizer_config.json", "vocab.txt")) {
            assertThat(labelled.resolve(companion)).hasSameBinaryContentAs(bare.resolve(companion));
        }
        try (Classifier model = Models.open(labelled, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).containsExactly("l0", "l1", "l2");
        }
    }

    @Test
    void drawsTheHeadFromSeedAndRow() throws IOException {
        float[] three = head(labelled);
        Path one = temp.resolve("one");
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            model.addLabel("other name", 7);
            save(model, one);
        }
        float[] first = head(one);
        assertThat(three).startsWith(first).hasSize(3 * first.length).doesNotHaveDuplicates();
        assertThat(standardDeviation(three)).isBetween(0.015, 0.025); // initializer_range 0.02 over 96 values
    }

    @Test
    void makesAHeadForTheLabelsOfABareBodyThatNamesThem() throws IOException {
        config(bare, json -> json.replaceFirst("\\{", "{\"id2label\":{\"0\":\"yes\",\"1\":\"no\"},"));
        float[] heads;
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).containsExactly("yes", "no");
            save(model, temp.resolve("1"));
            heads = head(temp.resolve("1"));
        }
        try (TrainableClassifier model = Models.openTrainable(bare, new ModelOptions(128, 18, 0))) {
            save(model, temp.resolve("2"));
        }
        assertThat(heads).doesNotContain(head(temp.resolve("2"))); // another seed, another head
    }

    @Test
    void takesPlaceholderLabelsOfABareBodyForNone() throws IOException {
        config(bare, json -> json.replaceFirst("\\{", "{\"id2label\":{\"0\":\"LABEL_0\",\"1\":\"LABEL_1\"},"));
        try (Classifier model = Models.open(bare, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).isEmpty();
        }
    }

    @Test
    void readsOldNamesPrefixesAndHeadsOfOtherTasks() throws IOException {
        Path old = copy(bare, "old");
        rewrite(old, tensors -> {
            List<HostTensor> renamed = new ArrayList<>();
            for (HostTensor tensor : tensors) {
                renamed.add(tensor.renamed("bert."
                        + tensor.name()
                                .replace("LayerNorm.weight", "LayerNorm.gamma")
                                .replace("LayerNorm.bias", "LayerNorm.beta")));
            }
            renamed.add(HostTensor.zeros("cls.predictions.bias", TensorShape.of(5)));
            renamed.add(HostTensor.zeros("bert.embeddings.position_ids", TensorShape.of(1, 5)));
            return renamed;
        });
        try (TrainableClassifier model = Models.openTrainable(old, ModelOptions.DEFAULTS)) {
            save(model, temp.resolve("new"));
        }
        assertThat(temp.resolve("new/model.safetensors")).hasSameBinaryContentAs(bare.resolve("model.safetensors"));
    }

    @Test
    void makesAMissingPoolerAnew() throws IOException {
        rewrite(
                bare,
                tensors -> tensors.stream()
                        .filter(tensor -> !tensor.name().startsWith("pooler"))
                        .toList());
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            save(model, temp.resolve("new"));
        }
        assertThat(names(temp.resolve("new"))).contains("pooler.dense.weight");
    }

    @Test
    void namesEveryTensorThatIsMissingUnknownOrMisshapen() throws IOException {
        rewrite(labelled, tensors -> {
            List<HostTensor> changed = new ArrayList<>(tensors.stream()
                    .filter(tensor -> !tensor.name().endsWith("layer.1.output.dense.bias")
                            && !tensor.name().equals("classifier.bias"))
                    .toList());
            changed.add(HostTensor.zeros("classifier.bias", TensorShape.of(4)));
            changed.add(HostTensor.zeros("bert.encoder.layer.7.output.dense.bias", TensorShape.of(4)));
            return changed;
        });
        assertThatThrownBy(() -> Models.open(labelled, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(labelled.toString())
                .hasMessageContaining("'bert.encoder.layer.1.output.dense.bias' is missing")
                .hasMessageContaining("'classifier.bias' has shape [4] but config.json needs [3]")
                .hasMessageContaining("'bert.encoder.layer.7.output.dense.bias' is not part of BertModel");
    }

    @Test
    void refusesWhatItCannotCompute() throws IOException {
        Path other = copy(bare, "other");
        config(other, json -> json.replace("\"bert\"", "\"xlnet\""));
        refuses(
                other,
                "model_type = \"xlnet\" is not an architecture that is supported; [bert, distilbert, roberta, gpt2, llama] are");
        config(other, json -> json.replace("\"xlnet\"", "\"bert\"").replace("\"gelu\"", "\"maxout\""));
        refuses(other, "hidden_act = \"maxout\" is not an activation");
        config(other, json -> json.replace("\"maxout\"", "\"gelu\"").replace("\"absolute\"", "\"relative_key\""));
        refuses(other, "position_embedding_type = \"relative_key\" is not supported");
        Files.delete(other.resolve("config.json"));
        refuses(other, "config.json is missing");
    }

    @Test
    void refusesADirectoryWithoutATokenizer() throws IOException {
        Files.delete(bare.resolve("tokenizer.json"));
        refuses(bare, "tokenizer.json is missing");
    }

    @Test
    void refusesTheOptimizerOfAnotherModel() throws IOException {
        Path optimizer = temp.resolve("optimizer");
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            model.addLabel("only", 7);
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeOptimizer(optimizer);
            }
        }
        assertThatThrownBy(() -> Models.resume(labelled, optimizer, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'exp_avg.classifier.weight' has shape [1, 32] but the model needs [3, 32]");
        assertThatThrownBy(() -> Models.resume(labelled, temp.resolve("none"), ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the optimizer's state cannot be read");
    }

    @Test
    void readsAModelOfHalfPrecision() throws IOException {
        Path file = labelled.resolve("model.safetensors");
        float[] before = head(labelled);
        HalfPrecision.rewrite(file);
        float[] halved;
        try (TrainableClassifier model = Models.openTrainable(labelled, ModelOptions.DEFAULTS)) {
            save(model, temp.resolve("wide"));
            halved = head(temp.resolve("wide"));
        }
        assertThat(halved).isNotEqualTo(before);
        for (int i = 0; i < before.length; i++) { // bfloat16 keeps 8 bits: relative error below 2^-7
            assertThat(Math.abs(halved[i] - before[i])).isLessThanOrEqualTo(Math.abs(before[i]) / 128);
        }
    }

    private void refuses(Path directory, String message) {
        assertThatThrownBy(() -> Models.open(directory, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectory(temp.resolve(name));
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static void config(Path directory, UnaryOperator<String> change) throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static void rewrite(Path directory, UnaryOperator<List<HostTensor>> change) throws IOException {
        SafeTensorsWriter.write(
                directory.resolve("model.safetensors"), change.apply(tensors(directory)), Map.of("format", "pt"));
    }

    private static List<HostTensor> tensors(Path directory) throws IOException {
        List<HostTensor> tensors = new ArrayList<>();
        try (SafeTensorsFile file = SafeTensorsFile.open(directory.resolve("model.safetensors"))) {
            for (String name : file.names()) {
                tensors.add(file.read(name));
            }
        }
        return tensors;
    }

    private static List<String> names(Path directory) throws IOException {
        return tensors(directory).stream().map(HostTensor::name).toList();
    }

    private static float[] head(Path directory) throws IOException {
        return tensors(directory).stream()
                .filter(tensor -> tensor.name().equals("classifier.weight"))
                .findFirst()
                .orElseThrow()
                .toArray();
    }

    private static double standardDeviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    private static void save(TrainableClassifier model, Path directory) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(directory);
        }
    }
}
