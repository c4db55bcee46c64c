package io.freshet.model;

import org.jspecify.annotations.Nullable;

/**
 * Text to classify.
 *
 * @param text the text
 * @param textPair second text of a pair task, or null
 */
public record TextInput(String text, @Nullable String textPair) {

    public static TextInput of(String text) {
        return new TextInput(text, null);
    }
}
