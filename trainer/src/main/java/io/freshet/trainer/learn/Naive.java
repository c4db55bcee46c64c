package io.freshet.trainer.learn;

import java.util.List;

/** Learns from the new examples alone and keeps nothing: the floor that every other strategy is measured from. */
final class Naive implements LearningStrategy {

    @Override
    public Update learn(List<Learnable> fresh, Step step) {
        return new Update(step.on(fresh.stream().map(Lesson::new).toList()), 0);
    }

    @Override
    public void remember(List<Learnable> fresh, ModelView model) {}
}
