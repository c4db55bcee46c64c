package io.freshet.evaluator.gate;

import io.freshet.schemas.ExampleScore;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a comparison say of one held-out example.
 *
 * @param anchor null where the comparison has no anchor beside the champion
 */
record Answers(
        ExampleScore champion,
        ExampleScore candidate,
        @Nullable ExampleScore anchor) {

    int partition() {
        return candidate.getPartition();
    }

    long offset() {
        return candidate.getOffset();
    }
}
