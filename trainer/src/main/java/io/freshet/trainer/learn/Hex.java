package io.freshet.trainer.learn;

import java.util.HexFormat;

/** A long as 16 hexadecimal digits, because JSON readers of other languages round large numbers. */
public final class Hex {

    private Hex() {}

    public static String of(long value) {
        return HexFormat.of().toHexDigits(value);
    }

    public static long parse(String digits) {
        return HexFormat.fromHexDigitsToLong(digits);
    }
}
