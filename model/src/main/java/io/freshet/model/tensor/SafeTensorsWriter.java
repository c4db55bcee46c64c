package io.freshet.model.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes tensors as a safetensors file. The same tensors and metadata always give the same bytes. */
public final class SafeTensorsWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int PIECE = 1 << 16;

    private SafeTensorsWriter() {}

    /** Writes float32, see {@link #write(Path, List, Map, StoredType)}. */
    public static void write(Path file, List<HostTensor> tensors, Map<String, String> metadata) throws IOException {
        write(file, tensors, metadata, StoredType.FLOAT32);
    }

    /**
     * Writes beside {@code file}, forces it to the disk, then renames: a reader sees all of it or nothing.
     *
     * @throws ModelException if a finite number of a tensor would be infinite in {@code type}
     */
    public static void write(Path file, List<HostTensor> tensors, Map<String, String> metadata, StoredType type)
            throws IOException {
        List<HostTensor> sorted =
                tensors.stream().sorted(Comparator.comparing(HostTensor::name)).toList();
        byte[] header = header(sorted, metadata, type);
        DurableFile.write(file, channel -> {
            ByteBuffer length =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
            writeAll(channel, length);
            writeAll(channel, ByteBuffer.wrap(header));
            for (HostTensor tensor : sorted) {
                writeData(channel, tensor, type);
            }
        });
    }

    private static void writeData(FileChannel channel, HostTensor tensor, StoredType type) throws IOException {
        if (type == StoredType.FLOAT32) {
            writeAll(channel, tensor.data().duplicate());
            return;
        }
        FloatBuffer values = tensor.floats();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        while (values.hasRemaining()) {
            try {
                type.put(values, piece.clear());
            } catch (ArithmeticException e) {
                throw new ModelException(
                        "tensor '%s': %s; store the model as float32".formatted(tensor.name(), e.getMessage()), e);
            }
            writeAll(channel, piece.flip());
        }
    }

    private static byte[] header(List<HostTensor> tensors, Map<String, String> metadata, StoredType type)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = root.putObject("__metadata__");
            new TreeMap<>(metadata).forEach(node::put);
        }
        long offset = 0;
        for (HostTensor tensor : tensors) {
            if (root.has(tensor.name())) {
                throw new IllegalArgumentException("two tensors are named '%s'".formatted(tensor.name()));
            }
            ObjectNode node = root.putObject(tensor.name()).put("dtype", type.headerName());
            var shape = node.putArray("shape");
            tensor.shape().extents().forEach(shape::add);
            long end = offset + tensor.shape().size() * type.bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(root);
        byte[] padded =
                Arrays.copyOf(json, (json.length + 7) / 8 * 8); // so that the data is aligned, as the format asks
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
