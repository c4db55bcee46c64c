package io.freshet.model;

/** A language model that learns. Labels of examples are ignored; masks are drawn from (seed, step) and the place in the batch. */
public interface TrainableLanguageModel extends LanguageModel, Trainable {}
