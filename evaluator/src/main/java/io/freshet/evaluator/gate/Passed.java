package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Trial;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that has passed its trial and does not reign yet.
 *
 * @param manifest the candidate's
 * @param trial the trial it passed, closed
 * @param accuracy on the pairs that decided; null for language models
 * @param bitsPerToken on the pairs that decided; null for classifiers
 * @param used end of the offsets that decided
 */
record Passed(
        CheckpointManifest manifest,
        Trial trial,
        @Nullable Double accuracy,
        @Nullable Double bitsPerToken,
        Offsets used) {

    static final String KEY = "passed";

    private static final int FIXED = 2;

    static Passed of(CheckpointManifest manifest, Trial trial, ModelScore decisive, Offsets used) {
        Double bits = decisive.getBitsPerToken();
        return new Passed(manifest, trial, bits == null ? decisive.getAccuracy() : null, bits, used);
    }

    /** Returns the same with its trial closed. */
    Passed in(Trial closed) {
        return new Passed(manifest, closed, accuracy, bitsPerToken, used);
    }

    /** Returns all but the manifest and the trial. */
    long[] toLongs() {
        long[] ends = used.toLongs();
        long[] longs = new long[FIXED + ends.length];
        longs[0] = doubleToRawLongBits(accuracy == null ? Double.NaN : accuracy);
        longs[1] = doubleToRawLongBits(bitsPerToken == null ? Double.NaN : bitsPerToken);
        System.arraycopy(ends, 0, longs, FIXED, ends.length);
        return longs;
    }

    static Passed fromLongs(CheckpointManifest manifest, Trial trial, long[] longs) {
        return new Passed(manifest, trial, figure(longs[0]), figure(longs[1]), Offsets.fromLongs(longs, FIXED));
    }

    private static @Nullable Double figure(long bits) {
        double figure = longBitsToDouble(bits);
        return Double.isNaN(figure) ? null : figure;
    }
}
