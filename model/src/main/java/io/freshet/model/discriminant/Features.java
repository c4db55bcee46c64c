package io.freshet.model.discriminant;

/** Features of one text: a dense part, and after it a sparse one. Nobody changes the arrays. */
public final class Features {

    private final float[] dense;
    private final int[] at;
    private final float[] values;

    /**
     * @param dense the first coordinates; not copied
     * @param at further coordinates that are not zero, ascending, each at least {@code dense.length}; not copied
     * @param values their values; not copied
     */
    Features(float[] dense, int[] at, float[] values) {
        if (at.length != values.length) {
            throw new IllegalArgumentException("%d places but %d values".formatted(at.length, values.length));
        }
        for (float value : dense) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a feature is %s: the encoder is broken".formatted(value));
            }
        }
        int before = dense.length - 1;
        for (int place : at) {
            if (place <= before) {
                throw new IllegalArgumentException("place %d does not follow %d".formatted(place, before));
            }
            before = place;
        }
        this.dense = dense;
        this.at = at;
        this.values = values;
    }

    float[] dense() {
        return dense;
    }

    int[] at() {
        return at;
    }

    float[] values() {
        return values;
    }

    /** Returns about how many bytes they take. */
    public long bytes() {
        return 4L * dense.length + 8L * at.length;
    }

    /** Returns the inner product with a row that is wide enough, summed in double in the order of the coordinates. */
    double dot(float[] row) {
        double sum = 0;
        for (int i = 0; i < dense.length; i++) {
            sum += (double) dense[i] * row[i];
        }
        for (int i = 0; i < at.length; i++) {
            sum += (double) values[i] * row[at[i]];
        }
        return sum;
    }

    /** Adds {@code weight} times these to {@code sum}. */
    void addTo(double[] sum, double weight) {
        for (int i = 0; i < dense.length; i++) {
            sum[i] += weight * dense[i];
        }
        for (int i = 0; i < at.length; i++) {
            sum[at[i]] += weight * values[i];
        }
    }
}
