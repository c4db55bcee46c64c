package io.freshet.model;

import java.util.List;

/** A loaded model that answers. Safe for use from several threads; {@code close} frees native memory and is idempotent. */
public interface Classifier extends AutoCloseable {

    /** Returns the labels in the order of the classification head; empty where the model has none yet. */
    List<String> labels();

    /** Tokenises a text as the model's own {@code tokenizer.json} says. */
    EncodedText encode(TextInput input);

    /** Answers on texts, one answer a text in the same order, without dropout. Pads and batches inside. */
    List<Answer> classify(List<EncodedText> inputs);

    @Override
    void close();
}
