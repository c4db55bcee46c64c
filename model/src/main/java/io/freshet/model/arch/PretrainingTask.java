package io.freshet.model.arch;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an encoder is pretrained to do. */
public enum PretrainingTask {
    /** Says which token stood where one was masked (Devlin et al., 2019). */
    MASKED_LM("masked-lm"),

    /**
     * Says which tokens were replaced (Clark et al., "ELECTRA", 2020). The generator that replaces them is the encoder's
     * own first half with a masked-LM head; all of its weights are shared.
     */
    REPLACED_TOKENS("replaced-token-detection"),

    /** Masked-LM, and which of a batch's responses answers an utterance (Henderson et al., "ConveRT", 2020). */
    RESPONSES("masked-lm+responses");

    private final String key;

    PretrainingTask(String key) {
        this.key = key;
    }

    /** Returns the name that settings and cards use. */
    public String key() {
        return key;
    }

    /** Whether it learns from utterances and their responses besides text. */
    public boolean needsDialogues() {
        return this == RESPONSES;
    }

    /**
     * Returns the task of a name.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static PretrainingTask of(String key) {
        return Arrays.stream(values())
                .filter(task -> task.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not a pretraining objective; there are %s"
                        .formatted(
                                key,
                                Arrays.stream(values())
                                        .map(PretrainingTask::key)
                                        .collect(Collectors.joining(", ")))));
    }
}
