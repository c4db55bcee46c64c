package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Page and Hinkley's test for a mean that rises: the sum of what observations exceed their running mean by, less a slack,
 * stands above its lowest value so far by more than a threshold (Page, "Continuous inspection schemes", Biometrika 1954;
 * with the running mean as Mouss et al. 2004 have it). The change is estimated to have begun after the lowest value.
 *
 * <p>Observations are any finite numbers; slack and threshold are in their unit. Sees rises only.
 */
public final class PageHinkley implements Detector {

    /** Observations before which there is no mean to speak of. */
    private static final long FEWEST = 30;

    private final double slack;
    private final double threshold;
    private State state;

    /**
     * What a checkpoint keeps.
     *
     * @param count observations since the last change
     * @param sum of their values
     * @param excess sum of what they exceeded their running mean by, less the slack
     * @param lowest lowest value of {@code excess}, at most 0
     * @param lowestCount {@code count} when it was lowest
     * @param lowestSum {@code sum} then
     * @param next number of the observation that came after; 0 before it came
     */
    public record State(
            @JsonProperty("count") long count,
            @JsonProperty("sum") double sum,
            @JsonProperty("excess") double excess,
            @JsonProperty("lowest") double lowest,
            @JsonProperty("lowestCount") long lowestCount,
            @JsonProperty("lowestSum") double lowestSum,
            @JsonProperty("next") long next)
            implements Detector.State {

        static final State EMPTY = new State(0, 0, 0, 0, 0, 0, 0);

        public State {
            if (lowestCount < 0 || lowestCount > count || !(lowest <= excess)) {
                throw new IllegalArgumentException("lowest %s at %d of %d, now %s, do not fit together"
                        .formatted(lowest, lowestCount, count, excess));
            }
        }

        private State and(long at, double value, double slack) {
            long counted = count + 1;
            double summed = sum + value;
            double exceeded = excess + value - summed / counted - slack;
            return exceeded < lowest
                    ? new State(counted, summed, exceeded, exceeded, counted, summed, 0)
                    : new State(
                            counted,
                            summed,
                            exceeded,
                            lowest,
                            lowestCount,
                            lowestSum,
                            lowestCount == count ? at : next);
        }

        private Change change() {
            double before = lowestCount == 0 ? 0 : lowestSum / lowestCount;
            return new Change(next, before, (sum - lowestSum) / (count - lowestCount));
        }
    }

    /**
     * Goes on from a state.
     *
     * @param slack what an observation may exceed the mean by, positive
     * @param threshold positive
     */
    public PageHinkley(double slack, double threshold, State state) {
        this.slack = Observations.positive("slack", slack);
        this.threshold = Observations.positive("threshold", threshold);
        this.state = state;
    }

    @Override
    public Optional<Change> observe(long at, double value) {
        Observations.requireFinite("Page-Hinkley", value);
        state = state.and(at, value, slack);
        if (state.count < FEWEST || state.excess - state.lowest <= threshold) {
            return Optional.empty();
        }
        Change change = state.change();
        state = State.EMPTY;
        return Optional.of(change);
    }

    @Override
    public State state() {
        return state;
    }
}
