package io.freshet.model.tensor;

/** Widens the two 16-bit floating-point formats to float32, exactly, and rounds float32 to them. */
final class HalfFloats {

    /** From the bits of a 16-bit number to its value. */
    interface Widening {
        float widen(short bits);
    }

    private HalfFloats() {}

    /** A bfloat16 is the upper half of a float32. */
    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
    static float fromFloat16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) { // infinity or not a number
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) { // zero or subnormal: fraction times 2^-24
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
    }

    /** Rounds to the nearest bfloat16, ties to even; what is not a number becomes the quiet one of its sign. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (((bits >>> 16) & 0x8000) | 0x7fc0);
        }
        int odd = (bits >>> 16) & 1;
        return (short) ((bits + 0x7fff + odd) >>> 16);
    }

    /**
     * Rounds to the nearest float16, ties to even; from 65520 on that is infinity. What is not a number becomes the quiet
     * one of its sign.
     */
    static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 0x47800000) { // 65536, beyond the largest exponent
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) { // 2^-14: subnormal there, a whole number of 2^-24
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
        }
        int odd = (magnitude >>> 13) & 1;
        return (short) (sign | ((magnitude - (112 << 23) + 0xfff + odd) >>> 13)); // a carry moves into the exponent
    }
}
