package io.freshet.trainer.learn;

import io.freshet.model.TextInput;
import io.freshet.model.TextModel;
import io.freshet.trainer.drift.DriftPolicy;
import io.freshet.trainer.drift.DriftWatch;
import io.freshet.trainer.drift.Outcome;
import io.freshet.trainer.drift.Reaction;
import io.freshet.trainer.drift.WatchedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A learner's examples as what watches the stream sees them, and the schedule that an alarm may begin again. */
final class Watching {

    private static final DriftWatch.Findings NOTHING = new DriftWatch.Findings(List.of(), List.of());

    private final TextModel model;
    private final DriftPolicy policy;
    private final long warmUp;
    private final DriftWatch watch;

    Watching(TextModel model, LearnerSettings settings, DriftWatch.State state) {
        this.model = model;
        this.policy = settings.drift();
        this.warmUp = settings.optimizer().rate().warmUp();
        this.watch = new DriftWatch(policy, state, settings.seed());
    }

    /** @param from number of the first example over all learned from */
    DriftWatch.Findings observe(long from, List<Learnable> examples, List<Outcome> outcomes) {
        if (!policy.on()) {
            return NOTHING;
        }
        List<WatchedText> texts = examples.stream()
                .map(example ->
                        new WatchedText(example.input().text(), example.input().textPair()))
                .toList();
        return watch.observe(from, outcomes, texts, this::features);
    }

    private List<float[]> features(List<WatchedText> texts) {
        return model.features(texts.stream()
                .map(text -> model.encode(new TextInput(text.text(), text.textPair())))
                .toList());
    }

    /** Begins the schedule again after {@code step}, where the policy says so; not within its warm-up. */
    void rewarm(long step) {
        if (policy.does(Reaction.REWARM) && step - watch.rewarmed() >= warmUp) {
            watch.rewarm(step);
        }
    }

    /** Returns the step after which the schedule began last. */
    long rewarmed() {
        return watch.rewarmed();
    }

    /** Returns what a checkpoint keeps, null where nothing ever watched. */
    DriftWatch.@Nullable State state() {
        DriftWatch.State state = watch.state();
        return state.equals(DriftWatch.State.EMPTY) ? null : state;
    }
}
