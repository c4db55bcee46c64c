package io.freshet.model.discriminant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the transformer's log-probabilities and the discriminant's logits count in the common answer: {@code z = a log p
 * + b d}, then softmax. The weights are learned online on the log-loss of examples not yet learned from, one pair for each
 * octave of the number of examples of the discriminant's top class, because a transformer knows little of classes that
 * have just arrived and much of those it has had often.
 *
 * <p>A label that one of the two does not know is taken to be as likely to it as its most likely one: no evidence, neither
 * for nor against; the other decides.
 *
 * <p>Steps are AdaGrad's (Duchi et al., JMLR 2011) on the logarithms of the weights. An octave met for the first time
 * starts from the nearest below that was met. Confined to one thread.
 */
public final class Blend {

    /** The start: the discriminant's logits are about thirty times too sure. */
    private static final Octave START = new Octave(StrictMath.log(0.08), StrictMath.log(0.03), 0, 0);

    private static final double RATE = 0.02;
    private static final double LARGEST = Math.log(100);
    private static final double LEAST = 1e-9;

    private final boolean both;
    private final List<@Nullable Octave> octaves = new ArrayList<>();

    /**
     * State of the weights of an octave.
     *
     * @param transformer logarithm of its weight
     * @param discriminant logarithm of its weight
     * @param transformerSquares sum of the squared slopes of the first
     * @param discriminantSquares sum of the squared slopes of the second
     */
    public record Octave(
            @JsonProperty("transformer") double transformer,
            @JsonProperty("discriminant") double discriminant,
            @JsonProperty("transformerSquares") double transformerSquares,
            @JsonProperty("discriminantSquares") double discriminantSquares) {

        private Octave begun() {
            return new Octave(transformer, discriminant, 0, 0);
        }
    }

    /** What both say of a text. */
    static final class Evidence {
        private final double[] logs;
        private final double[] logits;
        private final int octave;

        /**
         * @param logs log-probabilities of the transformer; empty where it is not asked
         * @param logits of the discriminant
         * @param octave of the discriminant's top class
         */
        private Evidence(double[] logs, double[] logits, int octave) {
            this.logs = logs;
            this.logits = logits;
            this.octave = octave;
        }
    }

    /** @param both whether the transformer is asked at all; else the discriminant's temperature alone is learned */
    public Blend(boolean both) {
        this(both, List.of());
    }

    /** Goes on from {@link #octaves}. */
    public Blend(boolean both, List<@Nullable Octave> octaves) {
        this.both = both;
        this.octaves.addAll(octaves);
    }

    /** Returns whether the transformer is asked. */
    public boolean both() {
        return both;
    }

    /** Returns the state of every octave so far, null for those not met. */
    public List<@Nullable Octave> octaves() {
        return new ArrayList<>(octaves); // octaves are replaced, not changed
    }

    /**
     * Puts together what both say, in the order of {@code labels}.
     *
     * @param probabilities of the transformer, one for each of the first labels; empty where it is not asked
     * @param rows the discriminant's classes
     * @param places of each class its place among the labels
     * @param count number of labels
     */
    static Evidence evidence(float[] probabilities, Rows rows, double[] logits, int[] places, int count) {
        double[] logs = new double[probabilities.length == 0 ? 0 : count];
        Arrays.fill(logs, Double.NaN);
        for (int i = 0; i < probabilities.length; i++) {
            logs[i] = StrictMath.log(Math.max(LEAST, probabilities[i]));
        }
        double[] all = new double[count];
        Arrays.fill(all, Double.NaN);
        int top = -1;
        for (int i = 0; i < places.length; i++) {
            all[places[i]] = logits[i];
            if (!Double.isNaN(logits[i]) && (top < 0 || logits[i] > logits[top])) {
                top = i;
            }
        }
        fillWithLargest(logs);
        fillWithLargest(all);
        return new Evidence(logs, all, top < 0 ? 0 : octave(rows.count(top)));
    }

    private static void fillWithLargest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Double.isNaN(value) ? largest : Math.max(largest, value);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isNaN(values[i]) ? Math.max(largest, -Double.MAX_VALUE / 2) : values[i];
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            Arrays.fill(values, 0);
        }
    }

    private static int octave(double count) {
        return Math.max(0, Math.getExponent(count + 1));
    }

    /** Returns the common answer: probabilities that sum to 1. */
    float[] answer(Evidence evidence) {
        double[] shares = shares(evidence, nearest(evidence.octave));
        float[] probabilities = new float[shares.length];
        for (int i = 0; i < shares.length; i++) {
            probabilities[i] = (float) shares[i];
        }
        return probabilities;
    }

    /** Learns from which label was right. */
    void learn(Evidence evidence, int right) {
        Octave octave = met(evidence.octave);
        double[] shares = shares(evidence, octave);
        Step discriminant =
                Step.of(octave.discriminant, octave.discriminantSquares, slope(shares, evidence.logits, right));
        Step transformer = both
                ? Step.of(octave.transformer, octave.transformerSquares, slope(shares, evidence.logs, right))
                : new Step(octave.transformer, 0);
        octaves.set(
                evidence.octave,
                new Octave(transformer.log, discriminant.log, transformer.squares, discriminant.squares));
    }

    /** Returns the slope of the log-loss by the weight of one side. */
    private static double slope(double[] shares, double[] said, int right) {
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            mean += shares[i] * said[i];
        }
        return mean - said[right];
    }

    private record Step(double log, double squares) {
        static Step of(double log, double squares, double slope) {
            double byLog = StrictMath.exp(log) * slope;
            double sum = squares + byLog * byLog;
            double next = sum > 0 ? log - RATE * byLog / Math.sqrt(sum) : log;
            return new Step(Math.min(LARGEST, Math.max(-LARGEST, next)), sum);
        }
    }

    private double[] shares(Evidence evidence, Octave octave) {
        double a = both ? StrictMath.exp(octave.transformer) : 0;
        double b = StrictMath.exp(octave.discriminant);
        double[] shares = new double[evidence.logits.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = b * evidence.logits[i] + (both ? a * evidence.logs[i] : 0);
            largest = Math.max(largest, shares[i]);
        }
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = StrictMath.exp(shares[i] - largest);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /** Returns the octave, or the nearest below that was met. */
    private Octave nearest(int number) {
        for (int i = Math.min(number, octaves.size() - 1); i >= 0; i--) {
            Octave met = octaves.get(i);
            if (met != null) {
                return met;
            }
        }
        return START;
    }

    private Octave met(int number) {
        while (octaves.size() <= number) {
            octaves.add(null);
        }
        Octave met = octaves.get(number);
        return met == null ? nearest(number).begun() : met;
    }
}
