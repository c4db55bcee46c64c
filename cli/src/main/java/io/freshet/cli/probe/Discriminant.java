package io.freshet.cli.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A linear discriminant with one covariance for all classes (Hastie, Tibshirani and Friedman, "The Elements of
 * Statistical Learning", section 4.3), shrunk towards a multiple of the identity, and equal priors.
 */
final class Discriminant {

    private final List<String> labels;
    private final double[] mean;
    private final DMatrixRMaj weights;
    private final double[] offsets;

    private Discriminant(List<String> labels, double[] mean, DMatrixRMaj weights, double[] offsets) {
        this.labels = labels;
        this.mean = mean;
        this.weights = weights;
        this.offsets = offsets;
    }

    /**
     * Fits one.
     *
     * @param features one row an example, all of one length
     * @param truths the label of each
     * @param shrinkage in (0, 1]: the share of the identity, scaled to the mean variance
     */
    static Discriminant fit(List<float[]> features, List<String> truths, double shrinkage) {
        if (!(shrinkage > 0 && shrinkage <= 1)) {
            throw new IllegalArgumentException("a shrinkage of %s is outside (0, 1]".formatted(shrinkage));
        }
        int width = features.get(0).length;
        Map<String, Integer> classes = new LinkedHashMap<>();
        truths.forEach(label -> classes.putIfAbsent(label, classes.size()));
        double[] mean = new double[width];
        DMatrixRMaj means = means(features, truths, classes, mean);
        DMatrixRMaj covariance = covariance(features, truths, classes, means);
        double variance = CommonOps_DDRM.trace(covariance) / width;
        CommonOps_DDRM.scale(1 - shrinkage, covariance);
        for (int i = 0; i < width; i++) {
            covariance.add(i, i, shrinkage * variance);
            for (int c = 0; c < classes.size(); c++) {
                means.add(i, c, -mean[i]);
            }
        }
        DMatrixRMaj weights = new DMatrixRMaj(width, classes.size());
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(width);
        if (!solver.setA(covariance)) {
            throw new IllegalArgumentException("the features do not vary");
        }
        solver.solve(means, weights);
        double[] offsets = new double[classes.size()];
        for (int c = 0; c < offsets.length; c++) {
            for (int i = 0; i < width; i++) {
                offsets[c] -= 0.5 * means.get(i, c) * weights.get(i, c);
            }
        }
        return new Discriminant(new ArrayList<>(classes.keySet()), mean, weights, offsets);
    }

    /** Returns the mean of each class, one a column, and puts the mean of all examples into {@code overall}. */
    private static DMatrixRMaj means(
            List<float[]> features, List<String> truths, Map<String, Integer> classes, double[] overall) {
        DMatrixRMaj means = new DMatrixRMaj(overall.length, classes.size());
        int[] counts = new int[classes.size()];
        for (int row = 0; row < features.size(); row++) {
            int c = classes.getOrDefault(truths.get(row), 0);
            counts[c]++;
            for (int i = 0; i < overall.length; i++) {
                means.add(i, c, features.get(row)[i]);
                overall[i] += features.get(row)[i] / features.size();
            }
        }
        for (int c = 0; c < counts.length; c++) {
            for (int i = 0; i < overall.length; i++) {
                means.set(i, c, means.get(i, c) / counts[c]);
            }
        }
        return means;
    }

    private static DMatrixRMaj covariance(
            List<float[]> features, List<String> truths, Map<String, Integer> classes, DMatrixRMaj means) {
        DMatrixRMaj centred = new DMatrixRMaj(features.size(), means.numRows);
        for (int row = 0; row < features.size(); row++) {
            int c = classes.getOrDefault(truths.get(row), 0);
            for (int i = 0; i < means.numRows; i++) {
                centred.set(row, i, features.get(row)[i] - means.get(i, c));
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(means.numRows, means.numRows);
        CommonOps_DDRM.multTransA(1.0 / features.size(), centred, centred, covariance);
        return covariance;
    }

    /** Returns the label of an example. */
    String classify(float[] features) {
        double[] scores = offsets.clone();
        for (int i = 0; i < features.length; i++) {
            for (int c = 0; c < scores.length; c++) {
                scores[c] += (features[i] - mean[i]) * weights.get(i, c);
            }
        }
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return labels.get(best);
    }
}
