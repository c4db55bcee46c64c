package io.freshet.model.discriminant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.core.measure.FadedAccuracy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How several heads answer together: {@code z = s (t a log p + b d + c log q)}, then softmax, where {@code p} is the
 * transformer's softmax, {@code d} the discriminant's logits and {@code q} the linear softmax.
 *
 * <p>The weights a, b, c are settings: learned on the stream they would follow what the stream brought last, and a stream
 * that comes domain by domain would unlearn to trust the head that remembers the rest. Learned is the sharpness s alone,
 * which changes no answer but how sure it is, by AdaGrad (Duchi et al., JMLR 2011) on the log-loss of examples not yet
 * learned from. The transformer knows little of classes that have just arrived: its trust is {@code t = n / (n + 10)},
 * where n is the number of examples of the discriminant's top class. A head whose recent accuracy falls below half of the
 * best one's is silent until it recovers.
 *
 * <p>A label that a head does not know is taken to be as likely to it as its most likely one: no evidence, neither for nor
 * against; the others decide. Confined to one thread.
 */
public final class Blend {

    private static final double RATE = 0.02;
    private static final double LARGEST = Math.log(100);
    private static final double LEAST = 1e-9;
    private static final double TRUSTED_AFTER = 10;
    private static final double FADE = 0.998;
    private static final double SILENT_BELOW = 0.5;
    private static final double JUDGED_AFTER = 200;

    private static final int TRANSFORMER = 0;
    private static final int DISCRIMINANT = 1;
    private static final int LINEAR = 2;
    private static final int HEADS = 3;

    private final Weights weights;
    private final FadedAccuracy[] recent;
    private double sharpness;
    private double squares;

    /**
     * How much each head counts; 0 for one that is not asked.
     *
     * @param transformer of its log-probabilities
     * @param discriminant of its logits, which are some twenty times too sure
     * @param linear of its log-probabilities
     */
    public record Weights(
            @JsonProperty("transformer") double transformer,
            @JsonProperty("discriminant") double discriminant,
            @JsonProperty("linear") double linear) {

        /** The discriminant alone. */
        public static final Weights DISCRIMINANT_ALONE = new Weights(0, 0.03, 0);

        public Weights {
            for (double weight : new double[] {transformer, discriminant, linear}) {
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "weight %s is not a finite number of at least 0".formatted(weight));
                }
            }
            if (!(transformer + discriminant + linear > 0)) {
                throw new IllegalArgumentException("no head has a weight above 0");
            }
        }
    }

    /**
     * What was learned.
     *
     * @param sharpness logarithm of s
     * @param squares sum of the squared slopes of it
     * @param recent faded number of right answers of transformer, discriminant and linear softmax
     * @param judged faded number of answers judged
     */
    public record State(
            @JsonProperty("sharpness") double sharpness,
            @JsonProperty("squares") double squares,
            @JsonProperty("recent") List<Double> recent,
            @JsonProperty("judged") double judged) {

        /** Nothing yet. */
        public static final State NEW = new State(0, 0, List.of(0.0, 0.0, 0.0), 0);

        public State {
            recent = List.copyOf(recent);
            if (recent.size() != HEADS) {
                throw new IllegalArgumentException("%d heads were judged, not %d".formatted(recent.size(), HEADS));
            }
        }
    }

    /** What the heads say of a text, over labels in one order. */
    public static final class Evidence {
        private final double[][] said;
        private final double trust;

        private Evidence(double[][] said, double trust) {
            this.said = said;
            this.trust = trust;
        }
    }

    public Blend(Weights weights) {
        this(weights, State.NEW);
    }

    /** Goes on from {@link #state}. */
    public Blend(Weights weights, State state) {
        this.weights = weights;
        this.sharpness = state.sharpness;
        this.squares = state.squares;
        this.recent = state.recent.stream()
                .map(right -> new FadedAccuracy(FADE, new FadedAccuracy.State(right, state.judged)))
                .toArray(FadedAccuracy[]::new);
    }

    /** Returns whether the transformer is asked. */
    public boolean asksTransformer() {
        return weights.transformer > 0;
    }

    /** Returns whether the linear softmax is asked. */
    public boolean asksLinear() {
        return weights.linear > 0;
    }

    public Weights weights() {
        return weights;
    }

    public State state() {
        return new State(
                sharpness,
                squares,
                IntStream.range(0, HEADS).mapToObj(this::right).toList(),
                judged());
    }

    /**
     * Puts together what the heads say. Each is given as its values and the places of these among the labels; NaN where it
     * does not answer.
     *
     * @param probabilities of the transformer, one for each of the first labels; empty where it is not asked
     * @param logits of the discriminant
     * @param places of the discriminant's classes
     * @param top examples of the discriminant's top class
     * @param logs of the linear softmax; empty where it is not asked
     * @param linearPlaces of its labels; those beyond are not answered
     * @param count number of labels
     */
    static Evidence evidence(
            float[] probabilities,
            double[] logits,
            int[] places,
            double top,
            double[] logs,
            int[] linearPlaces,
            int count) {
        double[] first = unsaid(count);
        for (int i = 0; i < probabilities.length; i++) {
            first[i] = StrictMath.log(Math.max(LEAST, probabilities[i]));
        }
        double[] second = unsaid(count);
        for (int i = 0; i < places.length; i++) {
            second[places[i]] = logits[i];
        }
        double[] third = unsaid(count);
        for (int i = 0; i < Math.min(logs.length, linearPlaces.length); i++) {
            if (linearPlaces[i] >= 0) {
                third[linearPlaces[i]] = logs[i];
            }
        }
        double[][] said = {first, second, third};
        for (double[] values : said) {
            fillWithLargest(values);
        }
        return new Evidence(said, top / (top + TRUSTED_AFTER));
    }

    private static double[] unsaid(int count) {
        double[] values = new double[count];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static void fillWithLargest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Double.isNaN(value) ? largest : Math.max(largest, value);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            Arrays.fill(values, 0);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isNaN(values[i]) ? largest : values[i];
        }
    }

    /** Returns the common answer: probabilities that sum to 1. */
    float[] answer(Evidence evidence) {
        double[] shares = shares(logits(evidence));
        float[] probabilities = new float[shares.length];
        for (int i = 0; i < shares.length; i++) {
            probabilities[i] = (float) shares[i];
        }
        return probabilities;
    }

    /** Returns what transformer, discriminant and linear softmax each add to the logits of the common answer. */
    double[][] parts(Evidence evidence) {
        double scale = StrictMath.exp(sharpness);
        double[] heads = factors(evidence);
        double[][] parts = new double[HEADS][evidence.said[0].length];
        for (int head = 0; head < HEADS; head++) {
            for (int i = 0; heads[head] > 0 && i < parts[head].length; i++) {
                parts[head][i] = scale * heads[head] * evidence.said[head][i];
            }
        }
        return parts;
    }

    /** Learns from which label was right. */
    void learn(Evidence evidence, int right) {
        double[] logits = logits(evidence);
        double[] shares = shares(logits);
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            mean += shares[i] * logits[i];
        }
        double slope = StrictMath.exp(sharpness) * (mean - logits[right]);
        squares += slope * slope;
        if (squares > 0) {
            double next = sharpness - RATE * slope / Math.sqrt(squares);
            sharpness = Math.min(LARGEST, Math.max(-LARGEST, next));
        }
        for (int head = 0; head < HEADS; head++) {
            recent[head].add(isTop(evidence.said[head], right));
        }
    }

    private static boolean isTop(double[] values, int place) {
        for (double value : values) {
            if (value > values[place]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the common logits before they are sharpened. */
    private double[] logits(Evidence evidence) {
        double[] heads = factors(evidence);
        double[] logits = new double[evidence.said[0].length];
        for (int head = 0; head < HEADS; head++) {
            for (int i = 0; heads[head] > 0 && i < logits.length; i++) {
                logits[i] += heads[head] * evidence.said[head][i];
            }
        }
        return logits;
    }

    private double[] factors(Evidence evidence) {
        return new double[] {
            weights.transformer * evidence.trust * heard(TRANSFORMER, weights.transformer),
            weights.discriminant * heard(DISCRIMINANT, weights.discriminant),
            weights.linear * heard(LINEAR, weights.linear)
        };
    }

    private double heard(int head, double weight) {
        if (weight == 0 || judged() < JUDGED_AFTER) {
            return 1;
        }
        double best = 0;
        double[] each = {weights.transformer, weights.discriminant, weights.linear};
        for (int other = 0; other < HEADS; other++) {
            best = each[other] > 0 ? Math.max(best, right(other)) : best;
        }
        return right(head) < SILENT_BELOW * best ? 0 : 1;
    }

    /** Returns the faded number of right answers of a head. */
    private double right(int head) {
        return recent[head].state().right();
    }

    /** Returns the faded number of answers judged, which is the same of every head. */
    private double judged() {
        return recent[0].state().count();
    }

    private double[] shares(double[] logits) {
        double scale = StrictMath.exp(sharpness);
        double[] shares = new double[logits.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = scale * logits[i];
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
}
