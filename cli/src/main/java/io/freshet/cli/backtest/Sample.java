package io.freshet.cli.backtest;

import io.freshet.trainer.OfflinePass.Labelled;

/**
 * A labelled text of a stream.
 *
 * @param text the text, its label and its id
 * @param task which task it belongs to; empty where nobody said
 * @param time when it happened, milliseconds since 1970; of use for an order only
 */
public record Sample(Labelled text, String task, long time) {
    Sample withTask(String other) {
        return new Sample(text, other, time);
    }
}
