package io.freshet.trainer.drift;

import java.util.Arrays;

/** Kolmogorov and Smirnov's distance of two samples: the largest difference between their distribution functions. */
final class KolmogorovSmirnov {

    private KolmogorovSmirnov() {}

    /** Returns the distance, in [0, 1], of two samples that are not empty; sorts both. */
    static double distance(double[] first, double[] second) {
        Arrays.sort(first);
        Arrays.sort(second);
        double most = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double value = Math.min(first[i], second[j]);
            while (i < first.length && first[i] <= value) {
                i++;
            }
            while (j < second.length && second[j] <= value) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / first.length - (double) j / second.length));
        }
        return most;
    }
}
