package io.freshet.evaluator.policy;

import java.util.OptionalDouble;

/**
 * What a candidate must show against the champion.
 *
 * @param metric by what they are compared
 * @param margin by how much the candidate must be better, in units of the metric, at least 0
 * @param within if given, a candidate that is worse by less than this is promoted too, in units of the metric, above 0; the trial's
 *     level is then halved between the two
 */
public record Primary(Metric metric, double margin, OptionalDouble within) {

    public Primary {
        if (!(margin >= 0 && margin <= Double.MAX_VALUE)) { // written so that NaN fails too
            throw new IllegalArgumentException("margin %s must be at least 0 and finite".formatted(margin));
        }
        if (within.isPresent() && !(within.getAsDouble() > 0 && within.getAsDouble() <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("within %s must be above 0 and finite".formatted(within.getAsDouble()));
        }
    }

    /** Whether the sequential McNemar test decides superiority, instead of the betting test. */
    public boolean byMcNemar() {
        return metric == Metric.ACCURACY && margin == 0;
    }
}
