package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedSafeTensorsTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'t':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | tensor 't': its data ends at byte 16 but the file holds 8",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775803,9223372036854775807]}} | tensor 't': its data ends at byte 9223372036854775807 but",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,9223372036854775808]}} | tensor 't': data_offsets [0,9223372036854775808] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | tensor 't': data_offsets [-4,0] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4.0]}} | tensor 't': data_offsets [0,4.0] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | tensor 't': data_offsets [4, 0] are not a beginning and an end",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | tensor 't': data_offsets [0] are not",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | tensor 't': data_offsets [0, 4, 8] are not",
                "{'t':{'dtype':'F32','shape':[1]}} | tensor 't': data_offsets  is not a list",
            })
    void refusesOffsetsThatCannotBe(String header, String message) throws IOException {
        refuses(header, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}} | tensor 't': shape [1] of F32 needs 4 bytes but data_offsets give it 8",
                "{'t':{'dtype':'F16','shape':[2,2],'data_offsets':[0,4]}} | tensor 't': shape [2, 2] of F16 needs 8 bytes but data_offsets give it 4",
                "{'t':{'dtype':'F32','shape':[],'data_offsets':[0,8]}} | tensor 't': shape [] of F32 needs 4 bytes but data_offsets give it 8",
                "{'t':{'dtype':'F32','shape':[0],'data_offsets':[0,8]}} | tensor 't': shape [0] of F32 needs 0 bytes but data_offsets give it 8",
                "{'t':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | tensor 't': shape [-1] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':[-2,-1],'data_offsets':[0,8]}} | tensor 't': shape [-2,-1] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | tensor 't': shape [1.5] is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}} | is not a list of whole numbers",
                "{'t':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | tensor 't': shape 2 is not a list",
                "{'t':{'dtype':'F32','data_offsets':[0,4]}} | tensor 't': shape  is not a list",
                // 2^63 - 1 times 9, and 2^32 times 2^32, which is 0 where it wraps round
                "{'t':{'dtype':'F32','shape':[9223372036854775807,9],'data_offsets':[0,4]}} | tensor 't': shape [9223372036854775807, 9] is larger than any file",
                "{'t':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | tensor 't': shape [4294967296, 4294967296] is larger than any file",
                // 2^61 elements of 8 bytes
                "{'t':{'dtype':'F64','shape':[2305843009213693952],'data_offsets':[0,0]}} | tensor 't': shape [2305843009213693952] is larger than any file",
            })
    void refusesAShapeThatDoesNotFitItsData(String header, String message) throws IOException {
        refuses(header, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'u':{'dtype':'F32','shape':[1],'data_offsets':[2,6]}} | tensor 'u': its data from byte 2 overlaps that of 't', which ends at 4",
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'u':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | tensor 'u': its data from byte 0 overlaps that of 't', which ends at 8",
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'u':{'dtype':'F32','shape':[0],'data_offsets':[4,4]}} | tensor 'u': its data from byte 4 overlaps that of 't'",
                "{'t':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},'u':{'dtype':'F16','shape':[1],'data_offsets':[6,8]}} | tensor 'u': its data begins at byte 6, 2 bytes behind 't': data has no gaps",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensor 't': its data begins at byte 4, 4 bytes behind the header: data has no gaps",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | the file holds 4 bytes behind 't' that belong to no tensor",
                "{} | the file holds 8 bytes behind the header that belong to no tensor",
            })
    void refusesOverlapsAndGaps(String header, String message) throws IOException {
        refuses(header, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'t':{'dtype':'Q4','shape':[1],'data_offsets':[0,4]}} | tensor 't': dtype 'Q4' is unknown; known are [BOOL",
                "{'t':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}} | tensor 't': dtype 'f32' is unknown",
                "{'t':{'shape':[1],'data_offsets':[0,4]}} | tensor 't': dtype '' is unknown",
                "{'t':[1]} | tensor 't': [1] is not an object of dtype, shape and data_offsets",
                "{'t':null} | tensor 't': null is not an object",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'t':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | not valid JSON: Duplicate field 't'",
                "{'__metadata__':[]} | __metadata__ is not a JSON object",
                "{'__metadata__':{'format':1}} | __metadata__: 'format' is not a text",
                "[] | not a JSON object",
                "{} {} | not valid JSON",
                "{'t': | not valid JSON",
            })
    void refusesAnythingElseInTheHeader(String header, String message) throws IOException {
        refuses(header, message);
    }

    @ParameterizedTest
    @CsvSource({"10, 17", "-1, 17", "25000001, 17", "9223372036854775807, 17", "1, 17", "0, 8"})
    void refusesAHeaderLengthThatCannotBe(long length, int fileBytes) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(fileBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Files.write(file(), bytes.array());
        refuses("a header of " + length + " bytes");
    }

    @Test
    void refusesAHeaderOfAHundredMegabytesWithoutReadingIt() throws IOException {
        int header = 100_000_000; // what the format allows at most
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength(8L + header);
            sparse.writeLong(Long.reverseBytes(header));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        refuses("a header of 100000000 bytes; it must be at least 2, at most 25000000");
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).isLessThan(header / 10);
    }

    @Test
    void refusesDeeplyNestedJson() throws IOException {
        write("{\"t\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", new byte[0]);
        refuses("the header is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 40, -8, -5, -4, -1})
    void refusesAFileThatWasCutOffAnywhere(int length) throws IOException {
        HostTensor a = HostTensor.of("a", TensorShape.of(1), new float[] {1});
        HostTensor b = HostTensor.of("b", TensorShape.of(1), new float[] {2});
        SafeTensorsWriter.write(file(), List.of(a, b), Map.of());
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
        if (length >= 0) {
            refuses("bytes");
        } else {
            // 8 bytes of data; b is the last 4, without more than those a is cut off too and is said first
            refuses("tensor '%s': its data ends at byte %d but the file holds %d bytes of data; it was cut off"
                    .formatted(length < -4 ? "a" : "b", length < -4 ? 4 : 8, 8 + length));
        }
    }

    private void refuses(String header, String message) throws IOException {
        write(header.replace('\'', '"'), new byte[8]);
        refuses(message);
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> SafeTensorsFile.open(file()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bad.safetensors: ")
                .hasMessageContaining(message);
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        Files.write(file(), bytes.array());
    }

    private Path file() {
        return temp.resolve("bad.safetensors");
    }
}
