package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

    @TempDir
    private Path temp;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Path file = temp.resolve("m.safetensors");
        HostTensor matrix = HostTensor.of("b", TensorShape.of(2, 3), new float[] {1, 2, 3, 4, 5, -0f});
        HostTensor scalar = HostTensor.of("a", TensorShape.of(), new float[] {Float.MIN_VALUE});
        SafeTensorsWriter.write(file, List.of(matrix, scalar), Map.of("format", "pt"));
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("a", "b");
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.shape("b")).isEqualTo(TensorShape.of(2, 3));
            assertThat(read.read("b").toArray()).containsExactly(1, 2, 3, 4, 5, -0f);
            assertThat(read.read("a").toArray()).containsExactly(Float.MIN_VALUE);
        }
    }

    @Test
    void givesTheSameBytesInWhateverOrderTensorsCome() throws IOException {
        HostTensor a = HostTensor.of("a", TensorShape.of(1), new float[] {1});
        HostTensor b = HostTensor.of("b", TensorShape.of(2), new float[] {2, 3});
        SafeTensorsWriter.write(temp.resolve("1"), List.of(a, b), Map.of("x", "1", "y", "2"));
        SafeTensorsWriter.write(temp.resolve("2"), List.of(b, a), Map.of("y", "2", "x", "1"));
        assertThat(temp.resolve("2")).hasSameBinaryContentAs(temp.resolve("1"));
        assertThat(Files.readAllBytes(temp.resolve("1"))).hasSizeGreaterThan(20);
        try (var files = Files.list(temp)) {
            assertThat(files).hasSize(2); // nothing partial is left beside
        }
    }

    @Test
    void widensHalfPrecision() throws IOException {
        // 1.5 in bfloat16 is 0x3fc0, -2 is 0xc000; in float16 0x3e00 and 0xc000
        byte[] data = {(byte) 0xc0, 0x3f, 0x00, (byte) 0xc0, 0x00, 0x3e, 0x00, (byte) 0xc0};
        Path file = write("""
                {"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"h":{"dtype":"F16","shape":[2],"data_offsets":[4,8]}}""", data);
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.read("b").toArray()).containsExactly(1.5f, -2f);
            assertThat(read.read("h").toArray()).containsExactly(1.5f, -2f);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, F32, 8", "BFLOAT16, BF16, 4", "FLOAT16, F16, 4"})
    void storesTensorsAsAsked(StoredType type, String dtype, int bytes) throws IOException {
        Path file = temp.resolve("m.safetensors");
        HostTensor pair = HostTensor.of("pair", TensorShape.of(2), new float[] {1.5f, -2f});
        HostTensor scalar = HostTensor.of("scalar", TensorShape.of(), new float[] {Float.NEGATIVE_INFINITY});
        SafeTensorsWriter.write(file, List.of(scalar, pair), Map.of(), type);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("\"pair\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,%d]}".formatted(dtype, bytes));
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.read("pair").toArray()).containsExactly(1.5f, -2f);
            assertThat(read.read("scalar").toArray()).containsExactly(Float.NEGATIVE_INFINITY);
        }
    }

    @Test
    void storesATensorLongerThanOnePiece() throws IOException {
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 251; // 8 bits
        }
        Path file = temp.resolve("m.safetensors");
        SafeTensorsWriter.write(
                file,
                List.of(HostTensor.of("t", TensorShape.of(values.length), values)),
                Map.of(),
                StoredType.BFLOAT16);
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.read("t").toArray()).containsExactly(values);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, 65520", "BFLOAT16, 3.4e38"})
    void refusesToStoreANumberAsInfinity(StoredType type, float value) {
        Path file = temp.resolve("m.safetensors");
        HostTensor tensor = HostTensor.of("t", TensorShape.of(1), new float[] {value});
        assertThatThrownBy(() -> SafeTensorsWriter.write(file, List.of(tensor), Map.of(), type))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tensor 't': ")
                .hasMessageContaining("is too large for " + type.dtype());
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void refusesWholeNumbersAsAWeight() throws IOException {
        Path file = write("{\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.readLongs("t")).containsExactly(0);
            assertThatThrownBy(() -> read.read("t"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("tensor 't': dtype I64 cannot be a weight");
        }
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(temp.resolve("bad.safetensors"), bytes.array());
    }
}
