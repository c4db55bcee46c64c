package io.freshet.model.discriminant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Sufficient statistics of classes that share a covariance: of each class the number and the sum of its examples, of all
 * together the sum of their outer products. They are sums, so that examples can be added one by one, taken away again, and
 * the statistics of disjoint examples merged. Not safe for several threads.
 */
public final class ClassStatistics {

    private final int width;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<double[]> sums = new ArrayList<>();
    private double[] counts = new double[0];

    /** Lower triangle of the sum of outer products, row by row. */
    private final double[] products;

    /** @param width number of features, in [1, {@link FeaturePlan#WIDEST}] */
    public ClassStatistics(int width) {
        if (width < 1 || width > FeaturePlan.WIDEST) {
            throw new IllegalArgumentException("width %d is outside [1, %d]".formatted(width, FeaturePlan.WIDEST));
        }
        this.width = width;
        this.products = new double[row(width)];
    }

    private ClassStatistics(ClassStatistics other) {
        width = other.width;
        labels.addAll(other.labels);
        places.putAll(other.places);
        other.sums.forEach(sum -> sums.add(sum.clone()));
        counts = other.counts.clone();
        products = other.products.clone();
    }

    /** Takes over arrays, which belong to the statistics then. */
    ClassStatistics(int width, List<String> labels, double[] counts, List<double[]> sums, double[] products) {
        this.width = width;
        for (String label : labels) {
            places.put(label, this.labels.size());
            this.labels.add(label);
        }
        if (products.length != row(width) || counts.length != labels.size() || sums.size() != labels.size()) {
            throw new IllegalArgumentException("%d products, %d counts and %d sums do not fit %d features and %d labels"
                    .formatted(products.length, counts.length, sums.size(), width, labels.size()));
        }
        this.counts = counts;
        this.sums.addAll(sums);
        this.products = products;
    }

    ClassStatistics copy() {
        return new ClassStatistics(this);
    }

    public int width() {
        return width;
    }

    /** Returns every label that was ever seen, in the order of appearance. */
    public List<String> labels() {
        return List.copyOf(labels);
    }

    int classes() {
        return labels.size();
    }

    String label(int place) {
        return labels.get(place);
    }

    /** Returns how much the examples of a class count together. */
    double count(int place) {
        return counts[place];
    }

    double[] sum(int place) {
        return sums.get(place);
    }

    double[] products() {
        return products;
    }

    /** Returns how much all examples count together. */
    public double total() {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }

    /**
     * Adds an example; one of negative weight is taken away.
     *
     * @return the place of its class
     */
    public int add(Seen seen) {
        int place = place(seen.label());
        counts[place] += seen.weight();
        seen.features().addTo(sums.get(place), seen.weight());
        addProducts(seen.features(), seen.weight());
        return place;
    }

    private int place(String label) {
        return places.computeIfAbsent(label, added -> {
            labels.add(added);
            sums.add(new double[width]);
            counts = Arrays.copyOf(counts, labels.size());
            return labels.size() - 1;
        });
    }

    private void addProducts(Features features, double weight) {
        float[] dense = features.dense();
        double[] values = new double[dense.length];
        for (int i = 0; i < dense.length; i++) {
            values[i] = dense[i];
        }
        for (int i = 0; i < dense.length; i++) {
            addRow(row(i), weight * values[i], values, i + 1);
        }
        int[] at = features.at();
        for (int i = 0; i < at.length; i++) {
            double scaled = weight * features.values()[i];
            int row = row(at[i]);
            addRow(row, scaled, values, values.length);
            for (int j = 0; j <= i; j++) {
                products[row + at[j]] += scaled * features.values()[j];
            }
        }
    }

    private void addRow(int row, double scale, double[] values, int count) {
        for (int j = 0; j < count; j++) {
            products[row + j] += scale * values[j];
        }
    }

    /** Adds the statistics of other examples. */
    public void merge(ClassStatistics other) {
        if (other.width != width) {
            throw new IllegalArgumentException("statistics of %d and of %d features".formatted(width, other.width));
        }
        for (int i = 0; i < other.labels.size(); i++) {
            int place = place(other.labels.get(i));
            counts[place] += other.counts[i];
            double[] sum = sums.get(place);
            for (int j = 0; j < width; j++) {
                sum[j] += other.sums.get(i)[j];
            }
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
    }

    /**
     * Lets examples count less. Where all classes keep the same share that is exact: every example counts so much less.
     * Otherwise each class is taken to be scattered as all are together, which is what the discriminant assumes.
     *
     * @param keep of each label the share that stays, in [0, 1]
     */
    public void fade(ToDoubleFunction<String> keep) {
        double before = total();
        addMeans(-1);
        for (int place = 0; place < counts.length; place++) {
            double share = keep.applyAsDouble(labels.get(place));
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share %s is outside [0, 1]".formatted(share));
            }
            counts[place] *= share;
            double[] sum = sums.get(place);
            for (int i = 0; i < width; i++) {
                sum[i] *= share;
            }
        }
        double scale = before > 0 ? total() / before : 0;
        for (int i = 0; i < products.length; i++) {
            products[i] *= scale;
        }
        addMeans(1);
    }

    /** Adds the outer product of each class's mean, as often as it has examples. */
    private void addMeans(double sign) {
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] > 0) {
                double[] sum = sums.get(place);
                for (int i = 0; i < width; i++) {
                    addRow(row(i), sign * sum[i] / counts[place], sum, i + 1);
                }
            }
        }
    }

    /** Returns the trace of the scatter within classes. */
    double traceWithin() {
        double trace = 0;
        for (int i = 0; i < width; i++) {
            trace += products[row(i) + i];
        }
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] > 0) {
                trace -= Vectors.dot(sums.get(place), sums.get(place)) / counts[place];
            }
        }
        return trace;
    }

    /** Returns where a row of the triangle begins. */
    static int row(int i) {
        return i * (i + 1) / 2;
    }
}
