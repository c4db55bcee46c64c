package io.freshet.model;

import java.util.Arrays;
import java.util.Locale;

/** What a model is trained to do. */
public enum Objective {
    /** Gives a text one of several labels. */
    CLASSIFICATION,
    /** Fills in tokens that were masked (Devlin et al., 2019, section 3.1). */
    MASKED_LM,
    /** Predicts each token from those before it. */
    CAUSAL_LM;

    /** Returns the name in configurations: {@code classification}, {@code masked-lm} or {@code causal-lm}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the objective of a name, see {@link #key}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Objective of(String key) {
        return Arrays.stream(values())
                .filter(objective -> objective.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("objective %s is not one of %s"
                        .formatted(
                                key, Arrays.stream(values()).map(Objective::key).toList())));
    }

    /** Whether the objective learns from texts without labels. */
    public boolean isLanguageModel() {
        return this != CLASSIFICATION;
    }
}
