package io.freshet.trainer.drift;

import java.util.List;

/** Coordinates on one scale. */
final class Scaling {

    private Scaling() {}

    /**
     * Returns the vectors, each coordinate less its mean and divided by its deviation over all of them. Coordinates that
     * do not vary are 0.
     *
     * @throws IllegalArgumentException if one has another width than the first, or a coordinate that is not finite
     */
    static double[][] of(List<float[]> vectors) {
        int width = vectors.get(0).length;
        double[][] scaled = new double[vectors.size()][width];
        for (int i = 0; i < scaled.length; i++) {
            float[] vector = vectors.get(i);
            if (vector.length != width) {
                throw new IllegalArgumentException(
                        "vector %d has %d coordinates, the first %d".formatted(i, vector.length, width));
            }
            for (int j = 0; j < width; j++) {
                Observations.requireFinite("the two-sample test", vector[j]);
                scaled[i][j] = vector[j];
            }
        }
        for (int j = 0; j < width; j++) {
            scale(scaled, j);
        }
        return scaled;
    }

    private static void scale(double[][] vectors, int coordinate) {
        double sum = 0;
        for (double[] vector : vectors) {
            sum += vector[coordinate];
        }
        double mean = sum / vectors.length;
        double squares = 0;
        for (double[] vector : vectors) {
            vector[coordinate] -= mean;
            squares += vector[coordinate] * vector[coordinate];
        }
        double deviation = Math.sqrt(squares / vectors.length);
        for (double[] vector : vectors) {
            vector[coordinate] = deviation > 0 ? vector[coordinate] / deviation : 0;
        }
    }
}
