package io.freshet.model.discriminant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Multinomial logistic regression on the features of texts, learned one example at a time by AdaGrad (Duchi, Hazan and
 * Singer, JMLR 2011). It adapts within a few examples, where a discriminant keeps what was; labels are added as they come,
 * with weights of 0. Learning is confined to one
 * thread; while nothing is learned, several may ask.
 */
public final class LinearSoftmax {

    private static final float FIRST_SQUARE = 1e-8f;

    /** A label whose probability is off by less is not moved: of many labels most are, and most of the time goes there. */
    private static final double LEAST_SLOPE = 5e-4;

    /** A dense and a lexical part of about length 1 each make features of about the square root of 2. */
    private static final float SCALE = 0.70710677f;

    private final int width;
    private final float rate;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    /** How many labels a feature's run of weights has room for. */
    private int room;

    private float[] weights;
    private float[] squares;

    /** What was said last, kept until something is learned: examples are answered and then learned. */
    private @Nullable Said last;

    /** What was said of features. Immutable, so that a thread sees both or neither. */
    private static final class Said {
        private final Features features;
        private final double[] logs;

        Said(Features features, double[] logs) {
            this.features = features;
            this.logs = logs;
        }
    }

    /**
     * Knows no label yet.
     *
     * @param width number of features
     * @param rate AdaGrad's learning rate, positive
     */
    public LinearSoftmax(int width, double rate) {
        this(width, rate, List.of(), new float[0], new float[0]);
    }

    /**
     * Goes on from where another stood.
     *
     * @param weights see {@link #weights()}
     * @param squares see {@link #squares()}
     */
    public LinearSoftmax(int width, double rate, List<String> labels, float[] weights, float[] squares) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rate %s is not a positive number".formatted(rate));
        }
        long wanted = (long) width * labels.size();
        if (weights.length != wanted || squares.length != wanted) {
            throw new IllegalArgumentException("%d weights and %d squares; %d features and %d labels need %d"
                    .formatted(weights.length, squares.length, width, labels.size(), wanted));
        }
        this.width = width;
        this.rate = (float) rate;
        this.room = labels.size();
        this.weights = weights.clone();
        this.squares = squares.clone();
        labels.forEach(this::name);
    }

    private void name(String label) {
        places.put(label, labels.size());
        labels.add(label);
    }

    /** Returns the labels in the order in which they came; a view. */
    public List<String> labels() {
        return Collections.unmodifiableList(labels);
    }

    /** Returns the logarithm of the probability of each label, in the order of {@link #labels}. */
    double[] logs(Features features) {
        Said known = last; // read once: other threads may ask of other features
        if (known == null || known.features != features) {
            known = new Said(features, computed(features));
            last = known;
        }
        return known.logs.clone();
    }

    private double[] computed(Features features) {
        float[] logits = logits(features);
        double[] logs = new double[labels.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            sum += StrictMath.exp(logits[k] - largest);
        }
        double log = largest + StrictMath.log(sum);
        for (int k = 0; k < logs.length; k++) {
            logs[k] = logits[k] - log;
        }
        return logs;
    }

    private float[] logits(Features features) {
        float[] logits = new float[labels.size()];
        float[] dense = features.dense();
        for (int i = 0; i < dense.length; i++) {
            add(logits, i, SCALE * dense[i]);
        }
        int[] at = features.at();
        for (int i = 0; i < at.length; i++) {
            add(logits, at[i], SCALE * features.values()[i]);
        }
        return logits;
    }

    private void add(float[] logits, int feature, float value) {
        int from = feature * room;
        for (int k = 0; k < logits.length; k++) {
            logits[k] += value * weights[from + k];
        }
    }

    /**
     * Takes one step on one example; a label that is new is known from then on.
     *
     * @param weight of the example, finite, at least 0
     */
    public void learn(Features features, String label, double weight) {
        int right = place(label);
        double[] logs = logs(features);
        last = null;
        int[] moved = new int[logs.length];
        float[] slopes = new float[logs.length];
        int count = 0;
        for (int k = 0; k < logs.length; k++) {
            double slope = StrictMath.exp(logs[k]) - (k == right ? 1 : 0);
            if (Math.abs(slope) >= LEAST_SLOPE) {
                moved[count] = k;
                slopes[count++] = (float) (weight * slope);
            }
        }
        float[] dense = features.dense();
        for (int i = 0; i < dense.length; i++) {
            step(moved, slopes, count, i, SCALE * dense[i]);
        }
        int[] at = features.at();
        for (int i = 0; i < at.length; i++) {
            step(moved, slopes, count, at[i], SCALE * features.values()[i]);
        }
    }

    /** Returns the place of a label, which is known from then on. */
    private int place(String label) {
        Integer known = places.get(label);
        if (known != null) {
            return known;
        }
        if (labels.size() == room) {
            grow();
        }
        name(label);
        last = null;
        return labels.size() - 1;
    }

    private void step(int[] moved, float[] slopes, int count, int feature, float value) {
        int from = feature * room;
        for (int i = 0; i < count; i++) {
            int at = from + moved[i];
            float slope = slopes[i] * value;
            float square = squares[at] + slope * slope;
            squares[at] = square;
            weights[at] -= rate * slope / (float) Math.sqrt(square + FIRST_SQUARE);
        }
    }

    private void grow() {
        int next = Math.max(16, 2 * room);
        weights = resized(weights, room, next, labels.size());
        squares = resized(squares, room, next, labels.size());
        room = next;
    }

    private float[] resized(float[] values, int before, int after, int used) {
        float[] resized = new float[Math.multiplyExact(width, after)];
        for (int feature = 0; feature < width; feature++) {
            System.arraycopy(values, feature * before, resized, feature * after, used);
        }
        return resized;
    }

    /** Lets what was learned before count less against what comes: the squares are multiplied by {@code share}. */
    public void fade(double share) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= (float) share;
        }
    }

    /** Returns the weights: of each feature one number a label. A copy. */
    public float[] weights() {
        return resized(weights, room, labels.size(), labels.size());
    }

    /** Returns the sums of the squared slopes, as {@link #weights()} has them. A copy. */
    public float[] squares() {
        return resized(squares, room, labels.size(), labels.size());
    }

    /** Returns a copy that is not changed by what this one learns. */
    public LinearSoftmax copy() {
        return new LinearSoftmax(width, rate, List.copyOf(labels), weights(), squares());
    }

    int width() {
        return width;
    }

    /** Returns about how many bytes are held. */
    public long bytes() {
        return 8L * width * room;
    }
}
