package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * Examples of which some are held out, by the hash of their text: the same text is always on the same side, whatever is
 * around it.
 *
 * @param rest what is learned from, in its order
 * @param heldOut what is tested with, in its order
 */
public record Divided(List<Sample> rest, List<Sample> heldOut) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * Divides examples.
     *
     * @param share to be held out, about, in (0, 1)
     */
    public static Divided of(List<Sample> samples, double share) {
        List<Sample> rest = new ArrayList<>();
        List<Sample> heldOut = new ArrayList<>();
        for (Sample sample : samples) {
            (place(sample.text().text()) < share ? heldOut : rest).add(sample);
        }
        return new Divided(rest, heldOut);
    }

    /** Returns a number in [0, 1) for a text. */
    private static double place(String text) {
        long mixed = (text.hashCode() ^ (long) text.length() << 32) * GOLDEN;
        mixed = (mixed ^ mixed >>> 32) * GOLDEN;
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
