package io.freshet.bench.step;

import io.freshet.model.StepSettings;

/** How every contestant learns: AdamW, no decay of biases and normalisation weights, gradients clipped at norm 1. */
final class StepRules {

    static final long SEED = 17;
    static final double RATE = 1e-4;
    static final double DECAY = 0.01;
    static final double CLIP = 1;

    private StepRules() {}

    static StepSettings settings(long step) {
        return new StepSettings(step, SEED, RATE, RATE, DECAY, false, CLIP);
    }
}
