package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * DDM: the error rate p over all observations and its deviation s; a change is where p + s exceeds by far the lowest p + s
 * so far, and it began where the excess was first suspicious (Gama, Medas, Castillo and Rodrigues, "Learning with drift
 * detection", SBIA 2004: warning at two lowest deviations, change at three, from 30 observations on). The deviation is that
 * of the rate with one error and one success more, so that a stream without errors has one.
 *
 * <p>Observations are 0 (right) or 1 (wrong). Sees rises only.
 */
public final class Ddm implements Detector {

    private static final long FEWEST = 30;
    private static final double WARNING = 2.0 / 3; // of the level

    private final double level;
    private State state;

    /**
     * What a checkpoint keeps.
     *
     * @param count observations since the last change
     * @param errors of them
     * @param lowestCount {@code count} when p + s was lowest; 0 before there was a lowest
     * @param lowestErrors {@code errors} then
     * @param warned number of the observation with which the warning began; negative where there is none
     * @param warnedCount {@code count} before that observation
     * @param warnedErrors {@code errors} before it
     */
    public record State(
            @JsonProperty("count") long count,
            @JsonProperty("errors") long errors,
            @JsonProperty("lowestCount") long lowestCount,
            @JsonProperty("lowestErrors") long lowestErrors,
            @JsonProperty("warned") long warned,
            @JsonProperty("warnedCount") long warnedCount,
            @JsonProperty("warnedErrors") long warnedErrors)
            implements Detector.State {

        static final State EMPTY = new State(0, 0, 0, 0, -1, 0, 0);

        public State {
            if (errors < 0 || errors > count || lowestErrors > lowestCount || lowestCount > count) {
                throw new IllegalArgumentException("%d errors of %d, %d of %d at the lowest, do not fit together"
                        .formatted(errors, count, lowestErrors, lowestCount));
            }
        }
    }

    /** @param level how many lowest deviations p + s exceeds the lowest p by at a change, positive; 3 in the paper */
    public Ddm(double level, State state) {
        this.level = Observations.positive("level", level);
        this.state = state;
    }

    @Override
    public Optional<Change> observe(long at, double value) {
        if (value != 0 && value != 1) {
            throw Observations.outside("DDM", value, "{0, 1}");
        }
        State last = state;
        long count = last.count + 1;
        long errors = last.errors + (value == 1 ? 1 : 0);
        if (count < FEWEST) {
            state = new State(count, errors, 0, 0, -1, 0, 0);
            return Optional.empty();
        }
        double high = rate(count, errors) + deviation(count, errors);
        boolean lowest = last.lowestCount == 0
                || high <= rate(last.lowestCount, last.lowestErrors) + deviation(last.lowestCount, last.lowestErrors);
        long lowestCount = lowest ? count : last.lowestCount;
        long lowestErrors = lowest ? errors : last.lowestErrors;
        double excess = (high - rate(lowestCount, lowestErrors)) / deviation(lowestCount, lowestErrors);
        state = excess < level * WARNING
                ? new State(count, errors, lowestCount, lowestErrors, -1, 0, 0)
                : last.warned >= 0
                        ? new State(
                                count,
                                errors,
                                lowestCount,
                                lowestErrors,
                                last.warned,
                                last.warnedCount,
                                last.warnedErrors)
                        : new State(count, errors, lowestCount, lowestErrors, at, last.count, last.errors);
        return excess < level ? Optional.empty() : Optional.of(reset());
    }

    private Change reset() {
        State seen = state;
        state = State.EMPTY;
        return new Change(
                seen.warned,
                rate(seen.lowestCount, seen.lowestErrors),
                rate(seen.count - seen.warnedCount, seen.errors - seen.warnedErrors));
    }

    private static double rate(long count, long errors) {
        return (double) errors / count;
    }

    private static double deviation(long count, long errors) {
        double smoothed = (errors + 1.0) / (count + 2.0);
        return Math.sqrt(smoothed * (1 - smoothed) / count);
    }

    @Override
    public State state() {
        return state;
    }
}
