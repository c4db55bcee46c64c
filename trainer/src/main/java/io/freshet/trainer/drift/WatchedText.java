package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A text, or a pair of them. */
public record WatchedText(
        @JsonProperty("text") String text,
        @JsonProperty("textPair") @Nullable String textPair) {}
