package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;

/** Answers as a learner would after a step that it does not take. Owns the weights after it alone. */
final class MovedModel extends TorchModel {

    private final TorchLearner learner;
    private final IValue moved;

    /** @param moved all weights after the step; taken over and closed with this model */
    MovedModel(TorchLearner learner, IValue moved) {
        super(learner);
        this.learner = learner;
        this.moved = moved;
    }

    @Override
    IValue answering() {
        return moved;
    }

    @Override
    void requireOpen() {
        learner.requireOpen();
    }

    @Override
    public void close() {
        moved.close();
    }
}
