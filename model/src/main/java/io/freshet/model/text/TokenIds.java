package io.freshet.model.text;

import io.freshet.model.EncodedText;

/** Token ids and token types of one text, special tokens included. Immutable. */
public final class TokenIds implements EncodedText {

    private final int[] ids;
    private final int[] types;

    TokenIds(int[] ids, int[] types) {
        if (ids.length == 0 || ids.length != types.length) {
            throw new IllegalArgumentException("%d ids and %d types".formatted(ids.length, types.length));
        }
        this.ids = ids;
        this.types = types;
    }

    @Override
    public int length() {
        return ids.length;
    }

    /** Returns the ids; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** Returns the token types, 0 for the first text and 1 for the second; a copy. */
    public int[] types() {
        return types.clone();
    }
}
