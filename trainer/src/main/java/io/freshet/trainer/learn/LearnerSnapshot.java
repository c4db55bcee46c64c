package io.freshet.trainer.learn;

import io.freshet.model.ModelSnapshot;
import io.freshet.model.Objective;
import java.io.IOException;
import java.nio.file.Path;

/** A learner at one moment; may be written and closed on another thread. Owns native memory until closed. */
public final class LearnerSnapshot implements AutoCloseable {

    private final LearnerState state;
    private final LearningStrategy.Saved strategy;
    private final ModelSnapshot model;

    LearnerSnapshot(LearnerState state, LearningStrategy.Saved strategy, ModelSnapshot model) {
        this.state = state;
        this.strategy = strategy;
        this.model = model;
    }

    /** Writes the model files, what clients fetch, into an existing directory. */
    public void writeModel(Path directory) throws IOException {
        model.writeModel(directory);
        strategy.writeModel(directory);
    }

    /** Writes what a resume needs beside them into an existing directory: optimizer, {@code state.json}, what the strategy keeps. */
    public void writeTrainer(Path directory) throws IOException {
        model.writeOptimizer(directory);
        state.write(directory);
        strategy.writeTrainer(directory);
    }

    public Objective objective() {
        return state.learned();
    }

    public long step() {
        return state.step();
    }

    public long trained() {
        return state.trained();
    }

    public long rejected() {
        return state.rejected();
    }

    public int labels() {
        return state.labels().size();
    }

    @Override
    public void close() {
        strategy.close();
        model.close();
    }
}
