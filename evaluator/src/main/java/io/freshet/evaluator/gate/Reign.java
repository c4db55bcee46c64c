package io.freshet.evaluator.gate;

import org.jspecify.annotations.Nullable;

/**
 * How far the gate has come.
 *
 * @param sequence changes of the champion so far
 * @param trials trials opened so far
 * @param promotions promotions so far; rollbacks do not lower it
 * @param newestManifest sequence of the newest manifest seen; -1 before the first
 * @param decided end of the held-out offsets that decided who reigns
 */
record Reign(long sequence, int trials, int promotions, long newestManifest, Offsets decided) {

    static final String KEY = "reign";
    static final Reign BEFORE = new Reign(0, 0, 0, -1, Offsets.NONE);

    private static final int FIXED = 4;

    Reign saw(long manifest) {
        return new Reign(sequence, trials, promotions, manifest, decided);
    }

    Reign crowned() {
        return new Reign(sequence + 1, trials, promotions, newestManifest, decided);
    }

    Reign opened() {
        return new Reign(sequence, trials + 1, promotions, newestManifest, decided);
    }

    Reign promoted(Offsets by) {
        return new Reign(sequence + 1, trials, promotions + 1, newestManifest, by);
    }

    /** An earlier champion reigns again; nothing that a watch has used may count for or against it any more. */
    Reign restored(Offsets used) {
        Offsets ends = decided;
        for (int partition = 0; partition < used.partitions(); partition++) {
            ends = ends.atLeast(partition, used.of(partition));
        }
        return new Reign(sequence + 1, trials, promotions, newestManifest, ends);
    }

    long[] toLongs() {
        long[] ends = decided.toLongs();
        long[] longs = new long[FIXED + ends.length];
        longs[0] = sequence;
        longs[1] = trials;
        longs[2] = promotions;
        longs[3] = newestManifest;
        System.arraycopy(ends, 0, longs, FIXED, ends.length);
        return longs;
    }

    static Reign fromLongs(long @Nullable [] longs) {
        return longs == null
                ? BEFORE
                : new Reign(longs[0], (int) longs[1], (int) longs[2], longs[3], Offsets.fromLongs(longs, FIXED));
    }
}
