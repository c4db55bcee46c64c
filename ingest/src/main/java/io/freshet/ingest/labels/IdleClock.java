package io.freshet.ingest.labels;

/**
 * The time of a stream that runs on while no record comes. Records set it; between two records it advances with another
 * clock, counted from when the stream's time was last seen to move. A backlog is thus never older than its own records say.
 */
public final class IdleClock {

    private long stream = Long.MIN_VALUE;
    private long movedAt;

    /**
     * Returns the time, milliseconds since the epoch.
     *
     * @param streamTime newest time of any record so far
     * @param wall reading of a clock that only differences are taken of, milliseconds
     */
    public long now(long streamTime, long wall) {
        if (streamTime != stream) {
            stream = streamTime;
            movedAt = wall;
        }
        return streamTime + Math.max(0, wall - movedAt);
    }
}
