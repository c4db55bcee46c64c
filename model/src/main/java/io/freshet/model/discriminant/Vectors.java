package io.freshet.model.discriminant;

/** Arithmetic of vectors, summed in the order of the coordinates. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
