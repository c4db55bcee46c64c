package io.freshet.ingest;

import io.freshet.ingest.labels.DelayBuckets;
import io.freshet.ingest.labels.Effect;

/** Counts what becomes of examples that wait, of labels, and of the champion's answers. */
final class LabelTally {

    static final String WAITING = "waiting";
    static final String EXPIRED = "expired";
    static final String JOINED = "labels.joined";
    static final String HELD = "labels.waiting";
    static final String REPEATED = "labels.repeated";
    static final String OUTDATED = "labels.outdated";
    static final String UNMATCHED = "labels.expired";
    static final String DELAYED = "labels.delayed";
    static final String DELAY_SUM = "labels.delayed.sum";
    static final String DELAY_PREFIX = "labels.delay.";
    static final String SCORED = "answers.scored";
    static final String RIGHT = "answers.right";
    /** The last answers as bits, 64 in a word, the oldest written over; a right one is 1. */
    static final String RING_PREFIX = "answers.ring.";

    static final int RECENT = 1_024;

    private final Tally tally;

    LabelTally(Tally tally) {
        this.tally = tally;
    }

    void count(Effect effect) {
        if (effect instanceof Effect.Await) {
            tally.count(WAITING);
        } else if (effect instanceof Effect.Join join) {
            tally.count(JOINED);
            join.waited().ifPresent(this::waited);
        } else if (effect instanceof Effect.Hold) {
            tally.count(HELD);
        } else if (effect instanceof Effect.Release) {
            tally.add(HELD, -1);
        } else if (effect instanceof Effect.Repeat) {
            tally.count(REPEATED);
        } else if (effect instanceof Effect.Outdate) {
            tally.count(OUTDATED);
        } else if (effect instanceof Effect.ExpireExample) {
            tally.add(WAITING, -1);
            tally.count(EXPIRED);
        } else if (effect instanceof Effect.ExpireLabel) {
            tally.add(HELD, -1);
            tally.count(UNMATCHED);
        } else if (effect instanceof Effect.Score score) {
            score(score.right());
        } // an admitted example and a correction are counted where they are split
    }

    private void score(boolean right) {
        int slot = (int) (tally.get(SCORED) % RECENT);
        String word = RING_PREFIX + slot / Long.SIZE;
        long bit = 1L << slot % Long.SIZE;
        long bits = tally.get(word);
        tally.add(word, (right ? bits | bit : bits & ~bit) - bits);
        tally.count(SCORED);
        tally.add(RIGHT, right ? 1 : 0);
    }

    private void waited(long millis) {
        tally.add(WAITING, -1);
        tally.count(DELAYED);
        tally.add(DELAY_SUM, millis);
        tally.count(DELAY_PREFIX + DelayBuckets.of(millis));
    }
}
