package io.freshet.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cuts a safetensors file of float32 down to bfloat16, by dropping the lower halves. */
final class HalfPrecision {

    private HalfPrecision() {}

    static void rewrite(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[(int) bytes.getLong()];
        bytes.get(json);
        ObjectNode header = (ObjectNode) new JsonMapper().readTree(json);
        header.remove("__metadata__");
        header.properties().forEach(entry -> {
            ObjectNode tensor = (ObjectNode) entry.getValue();
            tensor.put("dtype", "BF16");
            long begin = tensor.path("data_offsets").get(0).asLong() / 2;
            long end = tensor.path("data_offsets").get(1).asLong() / 2;
            tensor.putArray("data_offsets").add(begin).add(end);
        });
        byte[] written = new JsonMapper().writeValueAsBytes(header);
        ByteBuffer half =
                ByteBuffer.allocate(8 + written.length + bytes.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        half.putLong(written.length).put(written);
        while (bytes.hasRemaining()) {
            half.putShort((short) (bytes.getInt() >>> 16));
        }
        Files.write(file, half.array());
    }
}
