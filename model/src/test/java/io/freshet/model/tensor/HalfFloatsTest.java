package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTest {

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0.0",
        "0x8000, -0.0",
        "0x3c00, 1.0",
        "0xc000, -2.0",
        "0x3555, 0.333251953125", // 1/3 rounded to 10 fraction bits
        "0x7bff, 65504.0", // the largest
        "0x0400, 6.103515625E-5", // 2^-14, the smallest normal
        "0x0001, 5.9604644775390625E-8", // 2^-24, the smallest
        "0x83ff, -6.0975551605224609375E-5", // -1023 * 2^-24, the largest subnormal
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x7e00, NaN"
    })
    void widensFloat16Exactly(String bits, float value) {
        assertThat(HalfFloats.fromFloat16((short) (int) Integer.decode(bits))).isEqualTo(Float.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource({"0x0000, 0.0", "0x3f80, 1.0", "0xc049, -3.140625", "0x7f80, Infinity", "0x0001, 9.183549615799121E-41"})
    void widensBfloat16Exactly(String bits, float value) {
        assertThat(HalfFloats.fromBfloat16((short) (int) Integer.decode(bits))).isEqualTo(Float.valueOf(value));
    }
}
