package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightWriterTest {

    private static final String FIRST = "model-00001-of-00003.safetensors";
    private static final String SECOND = "model-00002-of-00003.safetensors";
    private static final String THIRD = "model-00003-of-00003.safetensors";

    @TempDir
    private Path directory;

    // 8, 4, 20 and 4 bytes as float32
    private final List<HostTensor> tensors = List.of(tensor("d", 1), tensor("a", 2), tensor("b", 1), tensor("c", 5));

    @Test
    void cutsWeightsIntoFilesOfAtMostSoManyBytes() throws IOException {
        write(StoredType.FLOAT32, 12);
        assertThat(names()).containsExactly(FIRST, SECOND, THIRD, WeightFiles.INDEX);
        JsonNode index =
                new JsonMapper().readTree(directory.resolve(WeightFiles.INDEX).toFile());
        assertThat(index.at("/metadata/total_size").asLong()).isEqualTo(36);
        assertThat(index.at("/weight_map").toString())
                .isEqualTo("{\"a\":\"%1$s\",\"b\":\"%1$s\",\"c\":\"%2$s\",\"d\":\"%3$s\"}"
                        .formatted(FIRST, SECOND, THIRD));
        readsBack();
    }

    @Test
    void countsBytesAsTheyAreStored() throws IOException {
        write(StoredType.BFLOAT16, 18);
        assertThat(names()).containsExactly(WeightFiles.SINGLE);
        readsBack();
    }

    @Test
    void leavesNoWeightsThatWereThereBefore() throws IOException {
        write(StoredType.FLOAT32, 36);
        assertThat(names()).containsExactly(WeightFiles.SINGLE);
        write(StoredType.FLOAT32, 12);
        assertThat(names()).containsExactly(FIRST, SECOND, THIRD, WeightFiles.INDEX);
        write(StoredType.FLOAT32, 20);
        assertThat(names())
                .containsExactly(
                        "model-00001-of-00003.safetensors",
                        "model-00002-of-00003.safetensors",
                        "model-00003-of-00003.safetensors",
                        WeightFiles.INDEX);
        readsBack();
        write(StoredType.FLOAT32, 24);
        assertThat(names())
                .containsExactly(
                        "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", WeightFiles.INDEX);
        readsBack();
        write(StoredType.FLOAT32, WeightWriter.MAX_SHARD_BYTES);
        assertThat(names()).containsExactly(WeightFiles.SINGLE);
        readsBack();
    }

    @Test
    void refusesAShardOfNoBytes() {
        assertThatThrownBy(() -> write(StoredType.FLOAT32, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void write(StoredType type, long maxShardBytes) throws IOException {
        WeightWriter.write(directory, tensors, Map.of("format", "pt"), type, maxShardBytes);
    }

    private void readsBack() throws IOException {
        try (WeightFiles files = WeightFiles.open(directory)) {
            assertThat(files.names()).containsExactly("a", "b", "c", "d");
            for (HostTensor tensor : tensors) {
                assertThat(files.read(tensor.name()).toArray()).containsExactly(tensor.toArray());
            }
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static HostTensor tensor(String name, int size) {
        float[] values = new float[size];
        java.util.Arrays.fill(values, name.charAt(0));
        return HostTensor.of(name, TensorShape.of(size), values);
    }
}
