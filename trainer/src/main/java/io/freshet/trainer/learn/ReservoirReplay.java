package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * Experience replay: each step mixes in examples drawn from a uniform sample of all those learned from before (Chaudhry
 * et al., "On tiny episodic memories in continual learning", 2019).
 */
final class ReservoirReplay implements LearningStrategy {

    private final Reservoir<Learnable> memory;
    private final double ratio;

    /** @param ratio examples mixed in for each new one, positive; rounded for the whole step */
    ReservoirReplay(Reservoir<Learnable> memory, double ratio) {
        this.memory = memory;
        this.ratio = ratio;
    }

    @Override
    public Update learn(List<Learnable> fresh, Step step) {
        List<Learnable> replayed = memory.draw((int) Math.round(ratio * fresh.size()));
        List<Learnable> batch = new ArrayList<>(fresh);
        batch.addAll(replayed);
        return new Update(step.on(batch.stream().map(Lesson::new).toList()), replayed.size());
    }

    @Override
    public void remember(List<Learnable> fresh, ModelView model) {
        fresh.forEach(memory::offer);
    }

    @Override
    public int remembered() {
        return memory.size();
    }

    @Override
    public Saved saved() {
        ReplayFile file = new ReplayFile(memory.seen(), memory.generatorState(), memory.items());
        return file::write;
    }
}
