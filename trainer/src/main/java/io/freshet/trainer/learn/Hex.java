package io.freshet.trainer.learn;

import java.util.HexFormat;

/** A long as 16 hexadecimal digits, because JSON readers of other languages round large numbers. */
final class Hex {

    private Hex() {}

    static String of(long value) {
        return HexFormat.of().toHexDigits(value);
    }

    static long parse(String digits) {
        return HexFormat.fromHexDigitsToLong(digits);
    }
}
