package io.freshet.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void widensEveryFloat16ToWhatItsBitsSay() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            int exponent = bits >> 10;
            double value = exponent == 0
                    ? Math.scalb((double) bits, -24)
                    : Math.scalb(1024.0 + (bits & 0x3ff), exponent - 25); // 1.f times 2^(exponent - 15)
            assertThat((double) HalfFloats.fromFloat16((short) bits)).isEqualTo(value);
            assertThat((double) HalfFloats.fromFloat16((short) (bits | 0x8000))).isEqualTo(-value);
        }
    }

    @Test
    void roundsEveryNumberBetweenTwoFloat16sToTheNearestAndATieToTheEvenOne() {
        for (int low = 0; low < 0x7bff; low++) {
            double middle =
                    0.5 * ((double) HalfFloats.fromFloat16((short) low) + HalfFloats.fromFloat16((short) (low + 1)));
            float tie = (float) middle; // 12 significant bits, exact
            int even = low + (low & 1);
            assertThat(HalfFloats.toFloat16(tie)).isEqualTo((short) even);
            assertThat(HalfFloats.toFloat16(Math.nextDown(tie))).isEqualTo((short) low);
            assertThat(HalfFloats.toFloat16(Math.nextUp(tie))).isEqualTo((short) (low + 1));
            assertThat(HalfFloats.toFloat16(-tie)).isEqualTo((short) (even | 0x8000));
            assertThat(HalfFloats.toFloat16(HalfFloats.fromFloat16((short) low)))
                    .isEqualTo((short) low);
        }
    }

    @Test
    void roundsEveryNumberBetweenTwoBfloat16sToTheNearestAndATieToTheEvenOne() {
        for (int low = 0; low < 0x7f7f; low++) {
            float tie = Float.intBitsToFloat(low << 16 | 0x8000);
            int even = low + (low & 1);
            assertThat(HalfFloats.toBfloat16(tie)).isEqualTo((short) even);
            assertThat(HalfFloats.toBfloat16(Math.nextDown(tie))).isEqualTo((short) low);
            assertThat(HalfFloats.toBfloat16(Math.nextUp(tie))).isEqualTo((short) (low + 1));
            assertThat(HalfFloats.toBfloat16(-tie)).isEqualTo((short) (even | 0x8000));
            assertThat(HalfFloats.toBfloat16(HalfFloats.fromBfloat16((short) low)))
                    .isEqualTo((short) low);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "65504, 0x7bff", // the largest
        "65519.996, 0x7bff", // below half a unit above it
        "65520, 0x7c00", // a tie, to the even one, which is infinity
        "3e38, 0x7c00",
        "Infinity, 0x7c00",
        "-Infinity, 0xfc00",
        "NaN, 0x7e00",
        "2.9802322387695312E-8, 0x0000", // 2^-25, a tie with zero
        "2.9802326E-8, 0x0001",
        "1.4E-45, 0x0000",
        "-1.4E-45, 0x8000"
    })
    void roundsTheEdgesOfFloat16(float value, String bits) {
        assertThat(HalfFloats.toFloat16(value)).isEqualTo((short) (int) Integer.decode(bits));
    }

    @ParameterizedTest
    @CsvSource({
        "3.3895314E38, 0x7f7f", // the largest
        "3.3961775E38, 0x7f80", // a tie, to infinity
        "Infinity, 0x7f80",
        "-Infinity, 0xff80",
        "NaN, 0x7fc0",
        "-0.0, 0x8000",
        "1.4E-45, 0x0000"
    })
    void roundsTheEdgesOfBfloat16(float value, String bits) {
        assertThat(HalfFloats.toBfloat16(value)).isEqualTo((short) (int) Integer.decode(bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff})
    void keepsWhatIsNotANumberNotANumber(int bits) {
        float value = Float.intBitsToFloat(bits);
        assertThat(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value))).isNaN();
        assertThat(HalfFloats.fromFloat16(HalfFloats.toFloat16(value))).isNaN();
    }
}
