package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityCheckTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-classification",
                "bert-masked-lm",
                "distilbert-classification",
                "roberta-classification",
                "gpt2-causal-lm",
                "gpt2-classification",
                "llama-causal-lm"
            })
    void agreesWithTransformersOnLogitsGradientsAndThreeSteps(String fixture) {
        Parity parity = ParityCheck.run(Fixtures.shared("fixtures/" + fixture));
        assertThat(parity.passes()).as(parity.toString()).isTrue();
    }

    @Test
    void findsOneWeightThatIsALittleOff() throws IOException {
        Path changed = copy(Fixtures.shared("fixtures/bert-classification"));
        Path file = changed.resolve("model.safetensors");
        List<HostTensor> tensors = new ArrayList<>();
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            for (String name : read.names()) {
                tensors.add(read.read(name));
                if (name.equals("classifier.bias")) {
                    var bias = tensors.get(tensors.size() - 1).floats();
                    bias.put(0, bias.get(0) + 2e-5f); // 1e-5 is allowed
                }
            }
        }
        SafeTensorsWriter.write(file, tensors, Map.of());
        Parity parity = ParityCheck.run(changed);
        assertThat(parity.passes()).as(parity.toString()).isFalse();
        assertThat(parity.logits()).isBetween(1.9e-5, 2.1e-5);
    }

    @Test
    void findsATokenizerThatIsAnother() throws IOException {
        Path changed = copy(Fixtures.shared("fixtures/bert-classification"));
        Path file = changed.resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replace("\"lowercase\": true", "\"lowercase\": false"));
        assertThat(ParityCheck.run(changed).tokens()).isPositive();
    }

    @Test
    void saysWhatADirectoryNeeds() {
        assertThatThrownBy(() -> ParityCheck.run(temp))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("expected.json is missing");
    }

    @Test
    void doesNotTakeWhatIsNotANumberForParity() {
        assertThat(new Parity(0, 0, 0, 0, 0, 0, 0).passes()).isTrue();
        assertThat(new Parity(0, 0, 0, Double.NaN, 0, 0, 0).passes()).isFalse();
    }

    private Path copy(Path from) throws IOException {
        Path to = Files.createDirectory(temp.resolve("copy"));
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return to;
    }
}
