package io.freshet.model.text;

import io.freshet.model.EncodedText;
import java.util.stream.IntStream;

/** Token ids and token types of one text, special tokens included. Immutable. */
public final class TokenIds implements EncodedText {

    private final int[] ids;
    private final int[] types;
    private final boolean[] special;

    TokenIds(int[] ids, int[] types, boolean[] special) {
        if (ids.length == 0 || ids.length != types.length || ids.length != special.length) {
            throw new IllegalArgumentException(
                    "%d ids, %d types and %d marks".formatted(ids.length, types.length, special.length));
        }
        this.ids = ids;
        this.types = types;
        this.special = special;
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

    /** Returns the places of the tokens that stand for text, ascending: those that the tokenizer did not add. */
    int[] ordinary() {
        return IntStream.range(0, ids.length).filter(i -> !special[i]).toArray();
    }
}
