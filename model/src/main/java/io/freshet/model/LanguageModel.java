package io.freshet.model;

import java.util.List;

/** A loaded model that predicts tokens. Safe for use from several threads. */
public interface LanguageModel extends TextModel {

    /** Returns the bits that guessing among all tokens costs: the logarithm to base 2 of the vocabulary's size. */
    double maxBits();

    /** Scores texts, one score a text in the same order, without dropout. */
    List<TextScore> score(List<SeededText> texts);
}
