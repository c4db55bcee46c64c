package io.freshet.model;

/** A text as token ids, special tokens included, cut to the model's maximum length. Made by {@link Classifier#encode}. */
public interface EncodedText {

    /** Returns the number of tokens, at least 1. */
    int length();
}
