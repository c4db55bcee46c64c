package io.freshet.model.discriminant;

import java.util.List;

/** Linear discriminant analysis of all examples at once, written down from its definition: what streaming must come to. */
final class BatchDiscriminant {

    private final List<String> labels;
    private final double[][] means;
    private final double[][] inverse;

    BatchDiscriminant(List<Seen> examples, List<String> labels, double prior) {
        this.labels = labels;
        int width = Sample.WIDTH;
        means = new double[labels.size()][width];
        double[] counts = new double[labels.size()];
        for (Seen seen : examples) {
            int label = labels.indexOf(seen.label());
            counts[label]++;
            double[] row = Sample.row(seen.features());
            for (int i = 0; i < width; i++) {
                means[label][i] += row[i];
            }
        }
        for (int label = 0; label < means.length; label++) {
            for (int i = 0; i < width; i++) {
                means[label][i] /= counts[label];
            }
        }
        double[][] covariance = new double[width][width];
        double trace = 0;
        for (Seen seen : examples) {
            double[] row = Sample.row(seen.features());
            double[] mean = means[labels.indexOf(seen.label())];
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]);
                }
                trace += (row[i] - mean[i]) * (row[i] - mean[i]);
            }
        }
        double variance = trace / width / (examples.size() - labels.size());
        for (int i = 0; i < width; i++) {
            covariance[i][i] += prior * variance;
            for (int j = 0; j < width; j++) {
                covariance[i][j] /= examples.size() + prior;
            }
        }
        inverse = inverse(covariance);
    }

    /** Returns log-densities of an example's classes but for what all have in common, less that of the first class. */
    double[] scores(Features features) {
        double[] row = Sample.row(features);
        double[] scores = new double[labels.size()];
        for (int label = 0; label < scores.length; label++) {
            double distance = 0;
            for (int i = 0; i < row.length; i++) {
                for (int j = 0; j < row.length; j++) {
                    distance += (row[i] - means[label][i]) * inverse[i][j] * (row[j] - means[label][j]);
                }
            }
            scores[label] = -distance / 2;
        }
        double first = scores[0];
        for (int label = 0; label < scores.length; label++) {
            scores[label] -= first;
        }
        return scores;
    }

    /** Gauss and Jordan; no pivoting, which a positive definite matrix does not need. */
    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            inverse[i][i] = 1;
        }
        for (int i = 0; i < n; i++) {
            double pivot = matrix[i][i];
            for (int j = 0; j < n; j++) {
                matrix[i][j] /= pivot;
                inverse[i][j] /= pivot;
            }
            for (int k = 0; k < n; k++) {
                double factor = matrix[k][i];
                for (int j = 0; j < n && k != i; j++) {
                    matrix[k][j] -= factor * matrix[i][j];
                    inverse[k][j] -= factor * inverse[i][j];
                }
            }
        }
        return inverse;
    }
}
