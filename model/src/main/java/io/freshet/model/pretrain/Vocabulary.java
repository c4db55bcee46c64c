package io.freshet.model.pretrain;

import io.freshet.model.text.WordPieces;

/**
 * What pretraining needs to know about word pieces.
 *
 * @param size number of pieces
 * @param first id of the token that begins a text
 * @param separator id of the token that ends a text
 * @param mask id of the token that hides another
 * @param padding id that fills up
 * @param ordinary ids that may stand in for a masked token: those from here on are no special tokens
 */
record Vocabulary(int size, int first, int separator, int mask, int padding, int ordinary) {

    static Vocabulary of(WordPieces pieces) {
        return new Vocabulary(
                pieces.pieces().size(),
                pieces.pieces().indexOf("[CLS]"),
                pieces.pieces().indexOf("[SEP]"),
                pieces.pieces().indexOf("[MASK]"),
                pieces.pieces().indexOf("[PAD]"),
                5); // a cut list begins with the five special tokens
    }

    boolean isSpecial(int id) {
        return id < ordinary;
    }
}
