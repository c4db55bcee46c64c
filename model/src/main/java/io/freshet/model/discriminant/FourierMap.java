package io.freshet.model.discriminant;

/**
 * Random Fourier features of a Gaussian kernel (Rahimi and Recht, "Random features for large-scale kernel machines", NIPS
 * 2007): inner products of {@code sqrt(2 / width) cos(w x + p)} approach {@code exp(-gamma |x - y|^2)} with {@code gamma =
 * 1 / (2 inputs)}, for inputs of about unit variance. The draws depend on the two widths alone.
 */
final class FourierMap {

    private static final long SEED = 0x66726573686574L;

    private final int width;
    private final float[][] frequencies;
    private final double[] phases;

    /**
     * @param inputs number of inputs, at least 1
     * @param width number of features, at least 1
     */
    FourierMap(int inputs, int width) {
        this.width = width;
        frequencies = new float[width][inputs];
        phases = new double[width];
        double deviation = Math.sqrt(1.0 / inputs); // of a normal spectrum whose kernel has that gamma: sqrt(2 gamma)
        long drawn = 0;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < inputs; j++) {
                frequencies[i][j] = (float) (deviation * normal(drawn));
                drawn += 2;
            }
            phases[i] = 2 * Math.PI * unit(drawn++);
        }
    }

    /** Returns the features of an input. */
    float[] of(float[] input) {
        float[] features = new float[width];
        double scale = Math.sqrt(2.0 / width);
        for (int i = 0; i < width; i++) {
            double sum = phases[i];
            for (int j = 0; j < input.length; j++) {
                sum += (double) frequencies[i][j] * input[j];
            }
            features[i] = (float) (scale * StrictMath.cos(sum));
        }
        return features;
    }

    /** Box and Muller, 1958. */
    private static double normal(long number) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(number)));
        return radius * StrictMath.cos(2 * Math.PI * unit(number + 1));
    }

    /** Returns a number in [0, 1). */
    private static double unit(long number) {
        return (Hash.mix(SEED, number) >>> 11) * 0x1.0p-53;
    }
}
