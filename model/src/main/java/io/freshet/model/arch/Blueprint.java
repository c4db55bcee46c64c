package io.freshet.model.arch;

import io.freshet.model.Objective;

/**
 * What a program is written for.
 *
 * @param objective which head the network gets
 * @param bf16 whether it computes in bfloat16; weights, gradients and losses are float32 all the same
 * @param adapters which matrices get an adapter
 */
public record Blueprint(Objective objective, boolean bf16, Adapters adapters) {

    /** In float32, without adapters. */
    public static Blueprint of(Objective objective) {
        return new Blueprint(objective, false, Adapters.NONE);
    }
}
