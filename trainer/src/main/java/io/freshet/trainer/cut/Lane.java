package io.freshet.trainer.cut;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** What waits of one partition. */
final class Lane<T> {

    /** A record that waits; one without tokens takes no room in a micro-batch. */
    record Waiting<T>(long offset, int tokens, T item) {}

    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private long end;
    private long position;
    private boolean atEnd;

    Lane(long start) {
        this.end = start;
        this.position = start;
    }

    void add(Waiting<T> record) {
        if (record.offset() < position) {
            throw new IllegalArgumentException(
                    "offset %d is below %d, the end of what was added before".formatted(record.offset(), position));
        }
        waiting.add(record);
        position = record.offset() + 1;
        atEnd = false;
    }

    void advance(long to, boolean nothingBehind) {
        if (to < position) {
            throw new IllegalArgumentException("position %d is below %d".formatted(to, position));
        }
        position = to;
        atEnd = nothingBehind;
    }

    Iterator<Waiting<T>> iterator() {
        return waiting.iterator();
    }

    void remove(int count) {
        for (int i = 0; i < count; i++) {
            end = waiting.removeFirst().offset() + 1;
        }
    }

    int size() {
        return waiting.size();
    }

    boolean atEnd() {
        return atEnd;
    }

    long end() {
        return end;
    }

    /** Returns the offset up to which nothing waits: the next record's, or the position where there is none. */
    long covered() {
        Waiting<T> next = waiting.peekFirst();
        return next == null ? position : next.offset();
    }
}
