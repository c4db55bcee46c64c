package io.freshet.model.pretrain;

import java.util.ArrayList;
import java.util.List;

/** A running mean of losses with their parts. */
final class Losses {

    private double[] sums = new double[0];
    private int count;

    void add(List<Double> losses) {
        if (count == 0) {
            sums = new double[losses.size()];
        }
        for (int i = 0; i < losses.size(); i++) {
            sums[i] += losses.get(i);
        }
        count++;
    }

    /** Returns the means, and begins anew. */
    List<Double> take() {
        List<Double> means = new ArrayList<>();
        for (double sum : sums) {
            means.add(sum / count);
        }
        sums = new double[0];
        count = 0;
        return means;
    }
}
