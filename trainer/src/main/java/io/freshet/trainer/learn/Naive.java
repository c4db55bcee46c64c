package io.freshet.trainer.learn;

import java.util.List;

/** Learns from the new examples alone and keeps nothing. */
final class Naive implements LearningStrategy {

    @Override
    public Update learn(List<Learnable> fresh, Step step) {
        return new Update(step.on(fresh), 0);
    }

    @Override
    public void remember(List<Learnable> fresh) {}

    @Override
    public int remembered() {
        return 0;
    }

    @Override
    public Saved saved() {
        return directory -> {};
    }
}
