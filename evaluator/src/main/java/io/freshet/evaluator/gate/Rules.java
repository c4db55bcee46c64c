package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.Trial;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a trial is held to: the policy written in it, whatever the gate's present one says.
 *
 * @param policy the policy under which the trial opened
 * @param trial the trial, which has its own level
 */
record Rules(GatePolicy policy, Trial trial) {

    /** Reads the policy of a trial. */
    static Rules of(Trial trial) {
        String policy = trial.getPolicy();
        return new Rules(policy == null ? before(trial) : GatePolicy.fromJson(policy), trial);
    }

    /** Returns the policy of a trial that opened before trials carried theirs. */
    private static GatePolicy before(Trial trial) {
        return new GatePolicy(
                trial.getAlpha(),
                trial.getFutilityAlpha(),
                trial.getMinPairs(),
                trial.getMaxPairs(),
                trial.getPatience(),
                0,
                trial.getObjective(),
                trial.getMarginBits());
    }

    /** Returns alpha_k, at which the confidence sequence is published and the anchor is tested. */
    double alpha() {
        return trial.getAlpha();
    }

    /** Returns the level of either way to be promoted: alpha_k, or half of it where there are two. */
    double levelOfEither() {
        return policy.primary().within().isPresent() ? alpha() / 2 : alpha();
    }

    /** Returns the margin of non-inferiority to the anchor, in units of the metric; empty where none is asked for. */
    OptionalDouble anchorMargin() {
        return trial.getAnchor() == null ? OptionalDouble.empty() : policy.anchorMargin();
    }

    /** Whether the anchor is the champion itself, so that its answers are the champion's. */
    boolean championIsAnchor() {
        return Objects.equals(trial.getAnchor(), trial.getChampion());
    }
}
