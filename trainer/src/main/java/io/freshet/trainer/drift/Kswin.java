package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.trainer.learn.Hex;
import io.freshet.trainer.learn.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * KSWIN: a sliding window whose newest part is compared by Kolmogorov and Smirnov's test with as many observations drawn
 * from the rest (Raab, Heusinger and Schleif, "Reactive soft prototype computing for concept drift streams",
 * Neurocomputing 2020, section 4). The distance that chance exceeds with probability {@code alpha} is
 * sqrt(-ln(alpha / 2) / r) for two samples of r. After a change only the newest part stays.
 *
 * <p>Observations are any finite numbers.
 */
public final class Kswin implements Detector {

    private final Shape shape;
    private final SplitMix generator;
    private final double[] values;
    private final long[] numbers;
    private int size;

    /**
     * How it looks.
     *
     * @param alpha chance that one comparison sees a change where there is none, in (0, 1); for observations that are
     *     often equal it is smaller
     * @param window observations kept
     * @param recent how many of them are compared, positive, at most half of {@code window}
     */
    public record Shape(double alpha, int window, int recent) {
        public Shape {
            Observations.share("alpha", alpha);
            if (recent < 1 || 2L * recent > window) {
                throw new IllegalArgumentException(
                        "recent %d is outside [1, %d], half of the window of %d".formatted(recent, window / 2, window));
            }
        }

        private double threshold() {
            return Math.sqrt(-StrictMath.log(alpha / 2) / recent);
        }
    }

    /**
     * What a checkpoint keeps.
     *
     * @param numbers of the observations kept, oldest first
     * @param values theirs
     * @param generator of the draws, 16 hexadecimal digits
     */
    public record State(
            @JsonProperty("numbers") List<Long> numbers,
            @JsonProperty("values") List<Double> values,
            @JsonProperty("generator") String generator)
            implements Detector.State {

        public State {
            numbers = List.copyOf(numbers);
            values = List.copyOf(values);
            if (numbers.size() != values.size()) {
                throw new IllegalArgumentException("%d numbers of %d values".formatted(numbers.size(), values.size()));
            }
        }

        static State empty(long seed) {
            return new State(List.of(), List.of(), Hex.of(seed));
        }
    }

    /** Goes on from a state; of more observations than fit, the newest stay. */
    public Kswin(Shape shape, State state) {
        this.shape = shape;
        this.generator = new SplitMix(Hex.parse(state.generator));
        this.values = new double[shape.window];
        this.numbers = new long[shape.window];
        for (int i = Math.max(0, state.values.size() - shape.window); i < state.values.size(); i++) {
            values[size] = state.values.get(i);
            numbers[size++] = state.numbers.get(i);
        }
    }

    @Override
    public Optional<Change> observe(long at, double value) {
        Observations.requireFinite("KSWIN", value);
        if (size == shape.window) {
            forget(1);
        }
        values[size] = value;
        numbers[size++] = at;
        if (size < shape.window || distance() <= shape.threshold()) {
            return Optional.empty();
        }
        int older = size - shape.recent;
        Change change = new Change(numbers[older], mean(0, older), mean(older, size));
        forget(older);
        return Optional.of(change);
    }

    private double distance() {
        int older = size - shape.recent;
        double[] drawn = Arrays.copyOf(values, older);
        for (int i = 0; i < shape.recent; i++) { // the beginning of Fisher and Yates' shuffle
            int place = i + (int) generator.below(older - i);
            double value = drawn[place];
            drawn[place] = drawn[i];
            drawn[i] = value;
        }
        return KolmogorovSmirnov.distance(Arrays.copyOf(drawn, shape.recent), Arrays.copyOfRange(values, older, size));
    }

    private void forget(int oldest) {
        size -= oldest;
        System.arraycopy(values, oldest, values, 0, size);
        System.arraycopy(numbers, oldest, numbers, 0, size);
    }

    private double mean(int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(0);
    }

    @Override
    public State state() {
        List<Long> kept = new ArrayList<>();
        List<Double> keptValues = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            kept.add(numbers[i]);
            keptValues.add(values[i]);
        }
        return new State(kept, keptValues, Hex.of(generator.state()));
    }
}
