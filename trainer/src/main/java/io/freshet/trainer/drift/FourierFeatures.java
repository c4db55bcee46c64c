package io.freshet.trainer.drift;

import io.freshet.trainer.learn.SplitMix;

/**
 * Random Fourier features of a Gaussian kernel: the inner product of those of two vectors approximates
 * exp(-|x - y|^2 / (2 bandwidth^2)) (Rahimi and Recht, "Random features for large-scale kernel machines", NIPS 2007).
 */
final class FourierFeatures {

    private final double[][] directions;
    private final double[] phases;

    /**
     * Draws features.
     *
     * @param width of the vectors
     * @param count of features
     * @param bandwidth positive
     */
    FourierFeatures(int width, int count, double bandwidth, SplitMix generator) {
        directions = new double[count][width];
        phases = new double[count];
        for (int i = 0; i < count; i++) {
            phases[i] = 2 * StrictMath.PI * uniform(generator);
            for (int j = 0; j < width; j++) {
                directions[i][j] = normal(generator) / bandwidth;
            }
        }
    }

    /** Returns the features of a vector; their squares sum to 1 on average. */
    double[] of(double[] vector) {
        double[] features = new double[phases.length];
        for (int i = 0; i < features.length; i++) {
            double angle = phases[i];
            double[] direction = directions[i];
            for (int j = 0; j < vector.length; j++) {
                angle += direction[j] * vector[j];
            }
            features[i] = Math.sqrt(2.0 / features.length) * StrictMath.cos(angle);
        }
        return features;
    }

    /** Returns a number in (0, 1). */
    private static double uniform(SplitMix generator) {
        return ((generator.next() >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** Box and Muller's transform. */
    private static double normal(SplitMix generator) {
        double radius = Math.sqrt(-2 * StrictMath.log(uniform(generator)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(generator));
    }
}
