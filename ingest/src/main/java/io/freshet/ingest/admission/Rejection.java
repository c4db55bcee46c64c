package io.freshet.ingest.admission;

import io.freshet.schemas.RejectionReason;

/**
 * Why an example is not admitted.
 *
 * @param reason the code
 * @param detail the value found, the rule and the remedy
 */
public record Rejection(RejectionReason reason, String detail) {

    private static final int SHOWN = 100;

    /** Returns {@code value} short enough for a message. */
    static String shown(String value) {
        if (value.codePointCount(0, value.length()) <= SHOWN) {
            return value;
        }
        return value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
