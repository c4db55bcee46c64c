package io.freshet.model.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A float32 tensor in host memory, row by row.
 *
 * @param name name in the file
 * @param shape extents
 * @param data direct buffer of the platform's byte order, position 0, 4 bytes an element; shared, not copied
 */
public record HostTensor(String name, TensorShape shape, ByteBuffer data) {

    public HostTensor {
        if (data.remaining() % 4 != 0 || data.remaining() / 4 != shape.size()) {
            throw new IllegalArgumentException("tensor %s of shape %s needs 4 bytes for each of %d elements but has %d"
                    .formatted(name, shape, shape.size(), data.remaining()));
        }
    }

    /**
     * Returns a zeroed tensor.
     *
     * @throws IllegalArgumentException if it needs 2 GiB or more
     */
    public static HostTensor zeros(String name, TensorShape shape) {
        return new HostTensor(name, shape, allocate(name, shape.size()));
    }

    /** Copies {@code values} into a tensor. */
    public static HostTensor of(String name, TensorShape shape, float[] values) {
        HostTensor tensor = zeros(name, shape);
        tensor.floats().put(values);
        return tensor;
    }

    static ByteBuffer allocate(String name, long elements) {
        if (elements > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException("tensor %s has %d elements; at most %d fit one buffer"
                    .formatted(name, elements, Integer.MAX_VALUE / 4));
        }
        return ByteBuffer.allocateDirect((int) (4 * elements)).order(ByteOrder.nativeOrder());
    }

    /** Returns a view of the elements from the first on. */
    public FloatBuffer floats() {
        return data.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    public float[] toArray() {
        float[] values = new float[floats().remaining()];
        floats().get(values);
        return values;
    }

    public HostTensor renamed(String other) {
        return new HostTensor(other, shape, data);
    }
}
