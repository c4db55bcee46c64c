package io.freshet.trainer.learn;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Experience replay: each step mixes in examples of a memory of those learned from before (Chaudhry et al., "On tiny
 * episodic memories in continual learning", 2019). What is kept, which of it is replayed, and what the loss is, are its
 * parts.
 */
final class Rehearsal implements LearningStrategy {

    private static final float[] NONE = new float[0];

    private final Memory memory;
    private final double ratio;
    private final Retrieval retrieval;
    private final Recipe recipe;

    /** @param ratio examples mixed in for each new one, positive; rounded for the whole step */
    Rehearsal(Memory memory, double ratio, Retrieval retrieval, Recipe recipe) {
        this.memory = memory;
        this.ratio = ratio;
        this.retrieval = retrieval;
        this.recipe = recipe;
    }

    /** An example that is learned again, because it was corrected, is not replayed in the same step as it was before. */
    @Override
    public Update learn(List<Learnable> fresh, Step step) {
        Set<String> ids = fresh.stream().map(Learnable::id).collect(Collectors.toSet());
        int count = (int) Math.round(ratio * fresh.size());
        List<Kept> replayed = retrieval.choose(memory, count, fresh, step).stream()
                .filter(kept -> !ids.contains(kept.id()))
                .toList();
        return new Update(step.on(recipe.lessons(fresh, replayed, step)), replayed.size());
    }

    @Override
    public void remember(List<Learnable> fresh, ModelView model) {
        if (!recipe.needsLogits()) {
            fresh.forEach(example -> memory.offer(example, NONE));
            return;
        }
        List<float[]> logits = model.logits(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            memory.offer(fresh.get(i), logits.get(i));
        }
    }

    @Override
    public void forget(String id) {
        memory.forget(id);
    }

    @Override
    public void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {
        memory.forgetBefore(before, keepShare, which);
    }

    @Override
    public int remembered() {
        return memory.size();
    }

    @Override
    public long rememberedBytes() {
        return memory.bytes();
    }

    @Override
    public Saved saved() {
        return memory.file()::write;
    }
}
