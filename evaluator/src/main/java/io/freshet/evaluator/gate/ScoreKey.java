package io.freshet.evaluator.gate;

import io.freshet.schemas.ExampleScore;

/** Keys of the score table: checkpoint, partition, offset, in an order that keeps offsets ascending. */
final class ScoreKey {

    private ScoreKey() {}

    static String of(String checkpoint, int partition, long offset) {
        return prefix(checkpoint) + "%05d/%019d".formatted(partition, offset);
    }

    static String of(ExampleScore score) {
        return of(score.getCheckpoint(), score.getPartition(), score.getOffset());
    }

    static String prefix(String checkpoint) {
        return checkpoint + "/";
    }

    static int partition(String key) {
        return Integer.parseInt(key, key.length() - 25, key.length() - 20, 10);
    }

    static long offset(String key) {
        return Long.parseLong(key, key.length() - 19, key.length(), 10);
    }
}
