package io.freshet.model.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** How the float32 weights of a model are stored. */
public enum StoredType {
    FLOAT32(ElementType.F32, "float32"),
    /** Rounded to 8 significant bits; half the bytes and float32's range. */
    BFLOAT16(ElementType.BF16, "bfloat16"),
    /** Rounded to 11 significant bits; half the bytes, up to 65504. */
    FLOAT16(ElementType.F16, "float16");

    private final ElementType element;
    private final String dtype;

    StoredType(ElementType element, String dtype) {
        this.element = element;
        this.dtype = dtype;
    }

    /** Returns the name that {@code config.json} gives it under {@code dtype}. */
    public String dtype() {
        return dtype;
    }

    /** Returns the name that a safetensors header gives it. */
    String headerName() {
        return element.name();
    }

    int bytes() {
        return element.bytes();
    }

    /**
     * Puts as many of {@code values} into {@code target}, little-endian, as there are or fit; numbers are rounded to the
     * nearest, ties to even.
     *
     * @throws ArithmeticException if rounding makes a finite number infinite
     */
    void put(FloatBuffer values, ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining() && target.remaining() >= bytes()) {
            float value = values.get();
            switch (this) {
                case FLOAT32 -> target.putFloat(value);
                case BFLOAT16 -> target.putShort(finite(value, HalfFloats.toBfloat16(value), 0x7f80));
                case FLOAT16 -> target.putShort(finite(value, HalfFloats.toFloat16(value), 0x7c00));
            }
        }
    }

    private short finite(float value, short bits, int infinity) {
        if ((bits & 0x7fff) == infinity && !Float.isInfinite(value)) {
            throw new ArithmeticException("%s is too large for %s".formatted(value, dtype));
        }
        return bits;
    }
}
