package io.freshet.model;

import java.util.List;

/**
 * What a model wrote after a prompt.
 *
 * @param text without the prompt
 * @param ids its tokens, without the one that ended it
 * @param end why it ended
 */
public record GeneratedText(String text, List<Integer> ids, End end) {

    /** Why a text ended. */
    public enum End {
        /** The model said so. */
        END_OF_TEXT,
        /** It has as many tokens as were asked for. */
        MAX_TOKENS,
        /** The model has no more positions. */
        MAX_POSITIONS
    }

    public GeneratedText {
        ids = List.copyOf(ids);
    }
}
