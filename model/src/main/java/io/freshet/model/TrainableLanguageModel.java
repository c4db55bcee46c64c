package io.freshet.model;

/** A language model that learns. Labels of examples are ignored; masks are drawn from (seed, step) and the place in the batch. */
public interface TrainableLanguageModel extends LanguageModel, Trainable {

    /**
     * Returns a view that scores with the averaged weights, see {@link StepSettings#averageDecay}, or with the weights
     * themselves where there is no average. Closing it does nothing; it must not be used after the model.
     */
    LanguageModel averaged();
}
