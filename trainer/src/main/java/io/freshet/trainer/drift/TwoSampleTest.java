package io.freshet.trainer.drift;

import io.freshet.trainer.learn.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether two samples come from one distribution: the squared maximum mean discrepancy of a Gaussian kernel (Gretton et
 * al., "A kernel two-sample test", JMLR 2012), in time linear in the samples by random Fourier features, against what it
 * is when the pooled sample is divided at random. Where both samples come from one distribution, it is significant with a
 * probability of at most {@code alpha}, for samples of any size: the permutation test is exact.
 *
 * <p>Each coordinate is scaled by its deviation over the pooled sample and the kernel's bandwidth is the square root of
 * the number of coordinates, for which half of the mean squared distance of two vectors stands: the scale of the usual
 * median of distances, and like everything here the same however the pooled sample is divided.
 */
final class TwoSampleTest {

    private static final int FEATURES = 128;

    private final double alpha;
    private final SplitMix generator;

    /**
     * What it found.
     *
     * @param discrepancy squared mean discrepancy, at least 0
     * @param threshold smallest significant one: the upper {@code alpha} quantile of random divisions
     */
    record Result(double discrepancy, double threshold) {
        boolean significant() {
            return discrepancy > threshold;
        }
    }

    /** @param alpha chance of a false alarm of one test, in (0, 1) */
    TwoSampleTest(double alpha, SplitMix generator) {
        this.alpha = Observations.share("alpha", alpha);
        this.generator = generator;
    }

    /**
     * Compares two samples.
     *
     * @param first vectors, at least one, all finite and of one width
     * @param second the same
     */
    Result compare(List<float[]> first, List<float[]> second) {
        List<float[]> pooled = new ArrayList<>(first);
        pooled.addAll(second);
        double[][] scaled = Scaling.of(pooled);
        int width = scaled[0].length;
        FourierFeatures map = new FourierFeatures(width, FEATURES, Math.sqrt(Math.max(1, width)), generator);
        double[][] features = new double[scaled.length][];
        for (int i = 0; i < scaled.length; i++) {
            features[i] = map.of(scaled[i]);
        }
        double[] sum = sum(features, features.length);
        double found = discrepancy(sum(features, first.size()), first.size(), sum, features.length);
        return new Result(found, threshold(features, first.size(), sum));
    }

    /**
     * With k = floor(alpha * (n + 1)) of n random divisions, being above the k-th largest of them has a probability of at
     * most k / (n + 1) where all divisions are alike (Phipson and Smyth 2010).
     */
    private double threshold(double[][] features, int count, double[] sum) {
        int divisions = (int) Math.ceil(2 / alpha) - 1;
        int allowed = Math.max(1, (int) Math.floor(alpha * (divisions + 1)));
        double[] found = new double[divisions];
        for (int d = 0; d < divisions; d++) {
            for (int i = 0; i < count; i++) { // the beginning of Fisher and Yates' shuffle
                int place = i + (int) generator.below(features.length - i);
                double[] feature = features[place];
                features[place] = features[i];
                features[i] = feature;
            }
            found[d] = discrepancy(sum(features, count), count, sum, features.length);
        }
        Arrays.sort(found);
        return found[divisions - allowed];
    }

    private static double[] sum(double[][] features, int count) {
        double[] sum = new double[features[0].length];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += features[i][j];
            }
        }
        return sum;
    }

    /** Returns the squared distance of the means of the first {@code count} and of the others. */
    private static double discrepancy(double[] part, int count, double[] sum, int all) {
        double squares = 0;
        for (int j = 0; j < sum.length; j++) {
            double difference = part[j] / count - (sum[j] - part[j]) / (all - count);
            squares += difference * difference;
        }
        return squares;
    }
}
