package io.freshet.model.tensor;

import io.freshet.model.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/** A safetensors file opened for reading; holds one tensor in memory at a time. Not safe for several threads. */
public final class SafeTensorsFile implements AutoCloseable {

    private static final int PIECE = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final SafeTensorsHeader header;
    private final long dataStart;

    private SafeTensorsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size < 8) {
            throw new ModelException("%s: %d bytes are too few for a safetensors file".formatted(file, size));
        }
        long length = read(0, 8).getLong(0);
        if (length < 2 || length > SafeTensorsHeader.LIMIT || length > size - 8) {
            throw new ModelException(
                    "%s: its first 8 bytes state a header of %d bytes; it must be at least 2, at most %d, and inside the file of %d bytes"
                            .formatted(file, length, SafeTensorsHeader.LIMIT, size));
        }
        byte[] json = new byte[(int) length];
        read(8, json.length).get(json);
        dataStart = 8 + length;
        header = SafeTensorsHeader.parse(file.toString(), json, size - dataStart);
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelException if the header breaks a rule of the format, naming the tensor and the rule
     */
    public static SafeTensorsFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SafeTensorsFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the names of the tensors in order. */
    public Set<String> names() {
        return header.entries().keySet();
    }

    public Map<String, String> metadata() {
        return header.metadata();
    }

    public TensorShape shape(String name) {
        return entry(name).shape();
    }

    /**
     * Reads a tensor as float32; float16 and bfloat16 are widened, which is exact.
     *
     * @throws ModelException if it has another element type or does not fit one buffer
     */
    public HostTensor read(String name) throws IOException {
        TensorEntry entry = entry(name);
        HalfFloats.Widening widening = switch (entry.type()) {
            case F32 -> null;
            case F16 -> HalfFloats::fromFloat16;
            case BF16 -> HalfFloats::fromBfloat16;
            default ->
                throw new ModelException(
                        "%s: tensor '%s': dtype %s cannot be a weight; F32, F16 and BF16 can; convert the file"
                                .formatted(file, name, entry.type()));
        };
        if (entry.shape().size() > Integer.MAX_VALUE / 4) {
            throw new ModelException(
                    "%s: tensor '%s': %d elements; at most %d can be read, 2 GiB as float32; split it in the model"
                            .formatted(file, name, entry.shape().size(), Integer.MAX_VALUE / 4));
        }
        if (widening == null) {
            return new HostTensor(name, entry.shape(), read(dataStart + entry.begin(), (int) entry.bytes()));
        }
        HostTensor tensor = HostTensor.zeros(name, entry.shape());
        var target = tensor.floats();
        for (long at = entry.begin(); at < entry.end(); at += PIECE) {
            int length = (int) Math.min(PIECE, entry.end() - at);
            var source = read(dataStart + at, length).asShortBuffer();
            while (source.hasRemaining()) {
                target.put(widening.widen(source.get()));
            }
        }
        return tensor;
    }

    /**
     * Reads a tensor of whole numbers.
     *
     * @throws ModelException if its element type is not I64 or it does not fit one buffer
     */
    public long[] readLongs(String name) throws IOException {
        TensorEntry entry = entry(name);
        if (entry.type() != ElementType.I64) {
            throw new ModelException("%s: tensor '%s': dtype %s is not I64".formatted(file, name, entry.type()));
        }
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new ModelException("%s: tensor '%s': %d bytes; at most %d can be read"
                    .formatted(file, name, entry.bytes(), Integer.MAX_VALUE));
        }
        long[] values = new long[(int) (entry.bytes() / 8)];
        read(dataStart + entry.begin(), (int) entry.bytes()).asLongBuffer().get(values);
        return values;
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = header.entries().get(name);
        if (entry == null) {
            throw new ModelException("%s: tensor '%s' is missing".formatted(file, name));
        }
        return entry;
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("%s ended at byte %d while it was read".formatted(file, position));
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
