package io.freshet.trainer.learn;

import io.freshet.trainer.learn.StrategyPlan.Ewc;
import java.util.List;
import java.util.Optional;

/**
 * Online elastic weight consolidation (Schwarz et al., "Progress and compress", ICML 2018, section 3.2, after Kirkpatrick et
 * al., 2017): every so many steps the importance of each weight, the mean square of its gradient on single examples, is
 * measured on a uniform sample of those learned from since the last time and added to what is kept of the earlier one; from
 * then on steps are pulled towards the weights of that moment, each as strongly as it is important.
 */
final class OnlineEwc extends Restrained {

    /** The sample, in the replay memory's format. */
    static final String NAME = "ewc.jsonl";

    private static final float[] NO_LOGITS = new float[0];

    private final Ewc settings;
    private final MemoryLimits limits;
    private UniformMemory sample;

    /** @param saved the sample as {@link #ownState} wrote it */
    OnlineEwc(LearningStrategy inner, Ewc settings, long seed, Optional<ReplayFile> saved) {
        super(inner);
        this.settings = settings;
        this.limits = new MemoryLimits(settings.sample(), Long.MAX_VALUE);
        this.sample = saved.isPresent() ? new UniformMemory(limits, saved.get()) : new UniformMemory(limits, seed);
    }

    @Override
    Step restrain(List<Learnable> fresh, Step step) {
        long taken = step.number() - 1;
        if (taken > 0 && taken % settings.every() == 0 && sample.size() > 0) {
            ReplayFile measured = sample.file();
            step.consolidate(measured.kept().stream().map(Kept::example).toList(), settings.keep());
            sample = new UniformMemory(limits, measured.generator());
        }
        return ChangedStep.withSettings(step, plain -> plain.withPull(settings.strength()));
    }

    @Override
    void note(List<Learnable> fresh, ModelView model) {
        fresh.forEach(example -> sample.offer(example, NO_LOGITS));
    }

    @Override
    public void forget(String id) {
        sample.forget(id);
        super.forget(id);
    }

    @Override
    public long rememberedBytes() {
        return sample.bytes() + super.rememberedBytes();
    }

    @Override
    Saved ownState() {
        ReplayFile file = sample.file();
        return directory -> file.write(directory, NAME);
    }
}
