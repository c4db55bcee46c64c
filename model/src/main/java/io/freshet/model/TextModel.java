package io.freshet.model;

import java.util.List;

/** A loaded model of texts. {@code close} frees native memory and is idempotent. */
public interface TextModel extends AutoCloseable {

    /** Returns what the model was opened for. */
    Objective objective();

    /** Tokenises a text as the model's own {@code tokenizer.json} says. */
    EncodedText encode(TextInput input);

    /**
     * Computes features: the outputs of the embedding and of every layer, each averaged over the tokens of the text,
     * one after the other.
     *
     * @return one array a text, (layers + 1) times the width long
     */
    List<float[]> features(List<EncodedText> inputs);

    @Override
    void close();
}
