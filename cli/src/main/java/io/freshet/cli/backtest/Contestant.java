package io.freshet.cli.backtest;

import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.util.List;

/** What learns from a stream. Confined to one thread. */
interface Contestant extends AutoCloseable {

    /** Returns how many texts it takes at once: pieces of a stream have so many, the last one may have fewer. */
    int atOnce();

    /**
     * Predicts texts, then learns from them.
     *
     * @return how many it predicted rightly
     */
    long learn(List<Labelled> texts);

    /** Answers on texts, whose labels it does not look at but to judge its answers; one reply a text. */
    List<Reply> replies(List<Labelled> texts);

    /** Returns the labels that it knows before it has learned anything. */
    List<String> labels();

    /** Returns the size of what it keeps beside the model, bytes. */
    long memoryBytes() throws IOException;

    @Override
    void close();
}
