package io.freshet.model;

import java.util.Arrays;
import java.util.Locale;

/** What a model computes in. Weights and optimizer state are float32 always; bf16 casts them within the program. */
public enum Precision {
    FP32,
    BF16,
    /** bf16 where the hardware multiplies it, fp32 elsewhere. */
    AUTO;

    /** Returns the name in configurations: {@code fp32}, {@code bf16} or {@code auto}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the precision of a name, see {@link #key}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Precision of(String key) {
        return Arrays.stream(values())
                .filter(precision -> precision.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("precision %s is not one of %s"
                        .formatted(
                                key, Arrays.stream(values()).map(Precision::key).toList())));
    }
}
