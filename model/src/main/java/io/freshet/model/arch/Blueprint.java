package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.Tuning;

/**
 * What a program is written for.
 *
 * @param objective which head the network gets
 * @param bf16 whether it computes in bfloat16; weights, gradients and losses are float32 all the same
 * @param tuning which weights it trains
 */
public record Blueprint(Objective objective, boolean bf16, Tuning tuning) {

    /** All weights, in float32. */
    public static Blueprint of(Objective objective) {
        return new Blueprint(objective, false, Tuning.FULL);
    }
}
