package io.freshet.model;

import java.util.List;

/** A loaded model that gives labels. Safe for use from several threads. */
public interface Classifier extends TextModel {

    /** Returns the labels in the order of the classification head; empty where the model has none yet. */
    List<String> labels();

    /** Answers on texts, one answer a text in the same order, without dropout. Pads and batches inside. */
    List<Answer> classify(List<EncodedText> inputs);
}
