package io.freshet.schemas.split;

import io.freshet.schemas.LabeledExample;
import java.nio.ByteBuffer;

/**
 * Decides by hash on which side an example is, so that the same group, or else the same text, is always on the same one:
 * across restarts, partitions and producers.
 *
 * @param fraction share of keys held out, in [0, 0.5]
 * @param salt mixed into the hash, so that two deployments hold out different examples
 */
public record HeldOutSplit(double fraction, String salt) {

    public HeldOutSplit {
        if (!(fraction >= 0 && fraction <= 0.5)) { // written so that NaN fails too
            throw new IllegalArgumentException("fraction %s is outside [0, 0.5]".formatted(fraction));
        }
    }

    /** Returns the side of the example's group, or of its normalised text where it has none (null or blank). */
    public Side sideOf(LabeledExample example) {
        String group = example.getGroup();
        return group == null || group.isBlank() ? sideOf("text", NormalisedText.of(example)) : sideOf("group", group);
    }

    private Side sideOf(String kind, String key) {
        long first = ByteBuffer.wrap(Hashing.sha256(salt, kind, key)).getLong();
        double uniform = (first >>> 11) * 0x1p-53; // the upper 53 bits, in [0, 1)
        return uniform < fraction ? Side.HELD_OUT : Side.TRAIN;
    }
}
