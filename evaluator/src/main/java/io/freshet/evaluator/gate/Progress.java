package io.freshet.evaluator.gate;

import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;

/**
 * What the open trial has counted.
 *
 * @param expected held-out examples that have arrived in the trial's range
 * @param done those of them that both models have answered, counted as a pair or not
 * @param announced {@code expected} when it was last said that no example is left; -1 if it never was
 * @param evidence what the pairs say
 * @param used end of the offsets that both have answered, by partition
 */
record Progress(long expected, long done, long announced, Evidence evidence, Offsets used) {

    static final String KEY = "progress";

    private static final int FIXED = 5;

    static Progress begin(Trial trial, long expected, Offsets first) {
        return new Progress(expected, 0, -1, Evidence.none(trial), first);
    }

    long pairs() {
        return evidence.pairs();
    }

    /** Whether every example there is has been answered by both. */
    boolean exhausted() {
        return done >= expected;
    }

    /** Whether every example there is has been answered by both, and nobody has said so yet. */
    boolean newlyExhausted() {
        return exhausted() && announced != expected;
    }

    Progress expectOneMore() {
        return new Progress(expected + 1, done, announced, evidence, used);
    }

    Progress doneOneMore() {
        return new Progress(expected, done + 1, announced, evidence, used);
    }

    Progress announce() {
        return new Progress(expected, done, expected, evidence, used);
    }

    Progress use(int partition, long offset) {
        return new Progress(expected, done, announced, evidence, used.atLeast(partition, offset + 1));
    }

    /** Folds one pair. */
    Progress pair(Pair pair, Rules rules) {
        return new Progress(expected, done, announced, evidence.add(pair, rules), used);
    }

    long[] toLongs() {
        long[] rest = evidence.toLongs();
        long[] ends = used.toLongs();
        long[] longs = new long[FIXED + rest.length + ends.length];
        longs[0] = evidence.wins();
        longs[1] = evidence.losses();
        longs[2] = expected;
        longs[3] = done;
        longs[4] = announced;
        System.arraycopy(rest, 0, longs, FIXED, rest.length);
        System.arraycopy(ends, 0, longs, FIXED + rest.length, ends.length);
        return longs;
    }

    /** @param trial the trial whose progress it was */
    static Progress fromLongs(long[] longs, Trial trial) {
        Evidence evidence = Evidence.fromLongs(trial, longs[0], longs[1], longs, FIXED);
        int ends = FIXED + evidence.toLongs().length;
        return new Progress(longs[2], longs[3], longs[4], evidence, Offsets.fromLongs(longs, ends));
    }
}
