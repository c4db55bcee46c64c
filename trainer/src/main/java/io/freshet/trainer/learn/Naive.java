package io.freshet.trainer.learn;

import io.freshet.model.StepSettings;
import io.freshet.model.TrainableClassifier;
import java.util.List;

/** Learns from the new examples alone and keeps nothing. */
final class Naive implements LearningStrategy {

    @Override
    public Update learn(TrainableClassifier model, List<Learnable> fresh, StepSettings settings) {
        return new Update(model.train(fresh.stream().map(Learnable::forTraining).toList(), settings), 0);
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
