package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFilesTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void writeShards() throws IOException {
        shard("one.safetensors", "a", 1);
        shard("two.safetensors", "b", 2);
    }

    @Test
    void readsShardsThroughTheirIndex() throws IOException {
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        try (WeightFiles files = WeightFiles.open(directory)) {
            assertThat(files.names()).containsExactly("a", "b");
            assertThat(files.read("a").toArray()).containsExactly(1);
            assertThat(files.read("b").toArray()).containsExactly(2);
        }
    }

    @Test
    void refusesAShardThatIsMissing() throws IOException {
        index("{\"weight_map\":{\"a\":\"three.safetensors\"}}");
        refuses("shard 'three.safetensors' of tensor 'a' is missing");
    }

    @Test
    void refusesAShardThatLacksItsTensor() throws IOException {
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"c\":\"one.safetensors\"}}");
        refuses("tensor 'c' is not in shard 'one.safetensors'");
    }

    @Test
    void refusesATensorThatIsInAnotherShard() throws IOException {
        index("{\"weight_map\":{\"a\":\"two.safetensors\",\"b\":\"one.safetensors\"}}");
        refuses("tensor 'a' is in shard 'one.safetensors' but weight_map says 'two.safetensors'");
    }

    @Test
    void refusesATensorInTwoShards() throws IOException {
        HostTensor a = HostTensor.of("a", TensorShape.of(1), new float[] {3});
        HostTensor b = HostTensor.of("b", TensorShape.of(1), new float[] {2});
        SafeTensorsWriter.write(directory.resolve("two.safetensors"), List.of(a, b), Map.of());
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        refuses("tensor 'a' is in shard 'two.safetensors' but weight_map says 'one.safetensors'");
    }

    @Test
    void refusesATensorThatTheIndexNamesTwice() throws IOException {
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"a\":\"two.safetensors\"}}");
        refuses("not valid JSON: Duplicate field 'a'");
    }

    @Test
    void refusesATensorThatTheIndexDoesNotName() throws IOException {
        SafeTensorsWriter.write(
                directory.resolve("two.safetensors"),
                List.of(HostTensor.zeros("b", TensorShape.of(1)), HostTensor.zeros("stray", TensorShape.of(1))),
                Map.of());
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        refuses("tensor 'stray' of shard 'two.safetensors' is not in weight_map");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../one.safetensors\"",
                "\"/tmp/one.safetensors\"",
                "\"sub/one.safetensors\"",
                "\"..\\\\one.safetensors\"",
                "\"..\"",
                "\"\"",
                "\"/\"",
                "\".safetensors\"",
                "\"one.safetensors\\u0000\"",
                "\"pytorch_model.bin\"",
                "7",
                "null"
            })
    void refusesAShardThatIsNoFileBesideTheIndex(String shard) throws IOException {
        index("{\"weight_map\":{\"a\":" + shard + "}}");
        refuses("of tensor 'a' is not the name of a safetensors file beside it");
    }

    @Test
    void refusesAShardThatIsBroken() throws IOException {
        Files.write(directory.resolve("two.safetensors"), new byte[] {1, 2, 3});
        index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        refuses("two.safetensors: 3 bytes are too few");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"weight_map\":{}}", "{\"weight_map\":[]}", "7"})
    void refusesAnIndexWithoutAMap(String json) throws IOException {
        index(json);
        refuses("weight_map is missing or empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"weight_map\":", "{} {}", "{'weight_map':{}}"})
    void refusesAnIndexThatIsNoJson(String json) throws IOException {
        index(json);
        refuses("model.safetensors.index.json is not valid JSON");
    }

    @Test
    void saysWhatToDoWhereThereAreNoWeights() {
        refuses("convert them");
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> WeightFiles.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private void index(String json) throws IOException {
        Files.writeString(directory.resolve(WeightFiles.INDEX), json);
    }

    private void shard(String file, String tensor, float value) throws IOException {
        HostTensor host = HostTensor.of(tensor, TensorShape.of(1), new float[] {value});
        SafeTensorsWriter.write(directory.resolve(file), List.of(host), Map.of());
    }
}
