package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * ADWIN: a window that is cut where two parts of it have means that differ by more than chance allows, and grows
 * otherwise (Bifet and Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007, ADWIN2 with the
 * normal approximation of section 4). The window is kept as an exponential histogram, in memory of the logarithm of its
 * length. Where the paper drops the oldest bucket until no cut is left, the window is cut at once at the split that
 * exceeds its bound most, which is also the estimate of when the change began.
 *
 * <p>Observations are in [0, 1].
 */
public final class Adwin implements Detector {

    private final double delta;
    private final ExponentialHistogram window;

    /**
     * What a checkpoint keeps.
     *
     * @param buckets of the window, oldest first
     */
    public record State(@JsonProperty("buckets") List<ExponentialHistogram.Bucket> buckets) implements Detector.State {

        static final State EMPTY = new State(List.of());

        public State {
            buckets = List.copyOf(buckets);
        }
    }

    /** @param delta confidence: bounds the chance that a window without a change is cut, in (0, 1) */
    public Adwin(double delta, State state) {
        this.delta = Observations.share("delta", delta);
        this.window = new ExponentialHistogram(state.buckets);
    }

    @Override
    public Optional<Change> observe(long at, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw Observations.outside("ADWIN", value, "[0, 1]");
        }
        window.add(at, value);
        Optional<Change> first = cut();
        Optional<Change> change = first;
        while (change.isPresent()) {
            change = cut();
            if (change.isPresent()) {
                first = Optional.of(new Change(
                        change.get().since(), first.get().before(), change.get().after()));
            }
        }
        return first;
    }

    /** Cuts the window once where the means differ most beyond the bound. */
    private Optional<Change> cut() {
        List<ExponentialHistogram.Bucket> buckets = window.buckets();
        ExponentialHistogram.Bucket whole = window.whole();
        double confidence = StrictMath.log(2 * StrictMath.log(Math.max(Math.E, (double) whole.size())) / delta);
        double variance = whole.variance();
        double most = 1;
        int place = -1;
        double older = 0;
        double olderSum = 0;
        Change change = new Change(0, 0, 0);
        for (int i = 0; i + 1 < buckets.size(); i++) {
            older += buckets.get(i).size();
            olderSum += buckets.get(i).sum();
            double newer = whole.size() - older;
            double before = olderSum / older;
            double after = (whole.sum() - olderSum) / newer;
            double harmonic = 1 / (1 / older + 1 / newer);
            double bound = Math.sqrt(2 / harmonic * variance * confidence) + 2 / (3 * harmonic) * confidence;
            double excess = Math.abs(after - before) / bound;
            if (excess > most) {
                most = excess;
                place = i + 1;
                change = new Change(buckets.get(place).from(), before, after);
            }
        }
        if (place < 0) {
            return Optional.empty();
        }
        window.drop(place);
        return Optional.of(change);
    }

    @Override
    public State state() {
        return new State(window.buckets());
    }
}
