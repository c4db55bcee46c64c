package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;

/** Answers with a learner's averaged weights. Owns nothing: closing it does nothing. */
final class AveragedModel extends TorchModel {

    private final TorchLearner learner;

    AveragedModel(TorchLearner learner) {
        super(learner);
        this.learner = learner;
    }

    @Override
    IValue answering() {
        return learner.averaging();
    }

    @Override
    void requireOpen() {
        learner.requireOpen();
    }

    @Override
    public void close() {}
}
