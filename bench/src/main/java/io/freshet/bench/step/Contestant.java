package io.freshet.bench.step;

import io.freshet.model.Precision;
import io.freshet.model.TrainingExample;
import java.io.IOException;
import java.util.List;

/** A model that takes training steps against the clock. */
interface Contestant extends AutoCloseable {

    /** Returns whose training step it is. */
    String name();

    Precision precision();

    /** Returns the mean cross-entropy of a batch without dropout, nats. */
    double loss(List<TrainingExample> batch) throws IOException;

    /** Takes a step on each of some batches and says how long that took. */
    StepSeconds run(List<List<TrainingExample>> batches) throws IOException;

    @Override
    void close();
}
