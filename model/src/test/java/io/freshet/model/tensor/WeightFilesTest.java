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
        index("{\"weight_map\":{\"b\":\"one.safetensors\"}}");
        refuses("tensor 'b' is not in shard 'one.safetensors'");
    }

    @Test
    void refusesAShardOutsideOfTheDirectory() throws IOException {
        index("{\"weight_map\":{\"a\":\"../one.safetensors\"}}");
        refuses("shard '../one.safetensors' of tensor 'a' is not a file of the directory");
    }

    @Test
    void refusesAnIndexWithoutAMap() throws IOException {
        index("{}");
        refuses("weight_map is missing or empty");
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
