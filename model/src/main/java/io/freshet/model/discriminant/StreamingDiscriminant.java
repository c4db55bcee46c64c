package io.freshet.model.discriminant;

import io.freshet.model.torch.TorchCholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Linear discriminant analysis that learns from one example after the other (Hayes and Kanan, "Lifelong machine learning
 * with deep streaming linear discriminant analysis", CVPRW 2020): Gaussian classes that share a covariance, equally
 * likely. What it knows does not depend on the order of the examples, so that nothing is forgotten.
 *
 * <p>The covariance is {@code (S + k t I) / (N + k)}: the scatter within classes {@code S} of {@code N} examples, drawn
 * towards a sphere of the same mean variance {@code t} as by {@code k} examples (the mean of an inverse Wishart posterior).
 * It is factored anew when the examples have grown by a share, see {@link #next}; until then the rows of classes that
 * changed much are solved with the factor as it stands, so that a class is known after its first example.
 *
 * <p>Confined to one thread. Owns native memory.
 */
public final class StreamingDiscriminant implements AutoCloseable {

    private static final double GROWTH = 0.3;
    private static final int FEWEST = 64;
    private static final int MOST = 2_000;

    private static final double ROW_GROWTH = 1.2;
    private static final double FEW = 3;

    private final double prior;
    private final ClassStatistics now;
    private final TorchCholesky solver = new TorchCholesky();
    private final List<float @Nullable []> weights = new ArrayList<>();
    private float[] biases = new float[0];
    private double[] solvedAt = new double[0];
    private double[] centre;

    /** The statistics when the covariance was factored last, and what was learned since: all that is to be kept. */
    private ClassStatistics factored;

    private final List<List<Seen>> since = new ArrayList<>();
    private int examplesSince;

    /**
     * Starts from nothing.
     *
     * @param width number of features
     * @param prior examples that the sphere counts as, above 0
     */
    public StreamingDiscriminant(int width, double prior) {
        this(new ClassStatistics(width), prior);
    }

    private StreamingDiscriminant(ClassStatistics start, double prior) {
        if (!(prior > 0 && prior < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("prior %s is not a positive number".formatted(prior));
        }
        this.prior = prior;
        this.now = start.copy();
        this.factored = start;
        this.centre = new double[start.width()];
        if (start.total() > 0) {
            factor();
        }
    }

    /**
     * Goes on from where another stood, byte for byte.
     *
     * @param factored see {@link #factored}
     * @param since see {@link #since}
     */
    public static StreamingDiscriminant restored(ClassStatistics factored, List<List<Seen>> since, double prior) {
        StreamingDiscriminant restored = new StreamingDiscriminant(factored, prior);
        since.forEach(restored::learn);
        return restored;
    }

    /** Learns from examples, and unlearns those of negative weight. */
    public void learn(List<Seen> batch) {
        TreeSet<Integer> changed = new TreeSet<>();
        for (Seen seen : batch) {
            int place = now.add(seen);
            if (place < solvedAt.length && seen.weight() < 0) {
                solvedAt[place] = 0; // whatever its count: what was taken away is not to be seen in the row
            }
            changed.add(place);
        }
        since.add(List.copyOf(batch));
        examplesSince += batch.size();
        if (examplesSince >= next(factored.total())) {
            factored = now.copy();
            factor();
        } else {
            changed.removeIf(place -> !isDue(place));
            solve(new ArrayList<>(changed));
        }
    }

    /** Lets examples count less, see {@link ClassStatistics#fade}. */
    public void fade(ToDoubleFunction<String> keep) {
        now.fade(keep);
        factored = now.copy();
        factor();
    }

    /** Returns after how many examples the covariance is factored again. */
    static double next(double total) {
        return total <= 0 ? 1 : Math.min(MOST, Math.max(FEWEST, GROWTH * total));
    }

    private boolean isDue(int place) {
        double count = now.count(place);
        return place >= solvedAt.length || count <= FEW || count >= ROW_GROWTH * solvedAt[place];
    }

    private void factor() {
        since.clear();
        examplesSince = 0;
        int width = now.width();
        double total = now.total();
        double trace = now.traceWithin();
        double variance = Math.max(trace / width / Math.max(total - now.classes(), 1), 1e-6);
        double[] square = new double[width * width];
        for (int i = 0; i < width; i++) {
            System.arraycopy(now.products(), ClassStatistics.row(i), square, i * width, i + 1);
            square[i * width + i] += prior * variance;
        }
        double[] roots = new double[now.classes() * width];
        double[] mean = new double[width];
        for (int place = 0; place < now.classes(); place++) {
            double count = now.count(place);
            double root = count > 0 ? 1 / Math.sqrt(count) : 0;
            for (int i = 0; i < width; i++) {
                mean[i] += now.sum(place)[i];
                roots[place * width + i] = root * now.sum(place)[i];
            }
        }
        for (int i = 0; i < width; i++) {
            mean[i] = total > 0 ? mean[i] / total : 0;
        }
        centre = mean;
        solver.factor(square, roots, width, total + prior);
        List<Integer> all = new ArrayList<>();
        for (int place = 0; place < now.classes(); place++) {
            all.add(place);
        }
        solve(all);
    }

    /** Solves the rows of classes with the factor as it stands. */
    private void solve(List<Integer> places) {
        room();
        List<Integer> known = new ArrayList<>();
        for (int place : places) {
            if (now.count(place) > 0) {
                known.add(place);
            } else {
                weights.set(place, null);
            }
        }
        double[][] functions = functions(known);
        for (int i = 0; i < functions.length; i++) {
            int place = known.get(i);
            weights.set(place, rounded(functions[i]));
            biases[place] = (float) functions[i][now.width()];
            solvedAt[place] = now.count(place);
        }
    }

    private float[] rounded(double[] function) {
        float[] row = new float[now.width()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) function[i];
        }
        return row;
    }

    /**
     * Solves the functions of classes that have examples: {@code (x - c) . w - (m - c) . w / 2} with the solution {@code w},
     * the class's mean m and the centre c, which is the same for all.
     *
     * @return of each class its row and, after it, its bias
     */
    double[][] functions(List<Integer> places) {
        if (places.isEmpty()) {
            return new double[0][];
        }
        int width = now.width();
        double[] right = new double[places.size() * width];
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            for (int j = 0; j < width; j++) {
                right[i * width + j] = now.sum(place)[j] / now.count(place) - centre[j];
            }
        }
        double[] solved = solver.solve(right, width);
        double[][] functions = new double[places.size()][];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = Arrays.copyOfRange(solved, i * width, (i + 1) * width + 1);
            double bias = 0;
            for (int j = 0; j < width; j++) {
                bias -= (right[i * width + j] / 2 + centre[j]) * functions[i][j];
            }
            functions[i][width] = bias;
        }
        return functions;
    }

    private void room() {
        while (weights.size() < now.classes()) {
            weights.add(null);
        }
        biases = Arrays.copyOf(biases, now.classes());
        solvedAt = Arrays.copyOf(solvedAt, now.classes());
    }

    /** Returns the functions as they are now. */
    public Rows rows() {
        double[] counts = new double[now.classes()];
        for (int place = 0; place < counts.length; place++) {
            counts[place] = now.count(place);
        }
        return new Rows(now.labels(), counts, weights, biases);
    }

    /** Returns the statistics at the last factorisation; nobody changes them. */
    public ClassStatistics factored() {
        return factored;
    }

    /** Returns what was learned since the last factorisation, as it came. */
    public List<List<Seen>> since() {
        return List.copyOf(since);
    }

    /** Returns about how many bytes are held, of the heap and of native memory. */
    public long bytes() {
        long width = now.width();
        long statistics = width * (width + 1) / 2 + now.classes() * width;
        long kept = since.stream()
                .flatMap(List::stream)
                .mapToLong(seen -> seen.features().bytes())
                .sum();
        return 2 * 8 * statistics + 8 * width * width + 4L * now.classes() * width + kept;
    }

    @Override
    public void close() {
        solver.close();
    }
}
