package io.freshet.trainer.cut;

import io.freshet.trainer.cut.Lane.Waiting;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts the records of several partitions into micro-batches.
 *
 * <p>Merge rule: micro-batch number b begins with partition b mod P and takes one record of each partition in turn. A
 * partition that has nothing waiting is waited for, unless its end was reached or the caller's patience is over
 * ("lingered"); then it is passed over. The micro-batch is closed when it has the most examples allowed, before an example
 * that would exceed the tokens allowed, or early when the caller lingered.
 *
 * <p>So over a log that is complete the cuts are a function of the log and the limits. Where records are still
 * arriving they depend on time, and the recorded ends are what a rebuild repeats: the records below the ends, cut without limits
 * as the micro-batch of the same number, come in the same order.
 */
public final class BatchCutter<T> {

    private final CutLimits limits;
    private final List<Lane<T>> lanes;
    private long number;

    /**
     * @param starts first offset of each partition, 0 to P-1
     * @param number number of the next micro-batch, counted from 0 since the genesis
     */
    public BatchCutter(CutLimits limits, List<Long> starts, long number) {
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("no partition to cut");
        }
        this.limits = limits;
        this.lanes = starts.stream().map(Lane<T>::new).toList();
        this.number = number;
    }

    /**
     * Adds a record behind those added before.
     *
     * @param tokens its tokens; 0 for a record that is not learned from and so takes no room
     */
    public void add(int partition, long offset, int tokens, T item) {
        lanes.get(partition).add(new Waiting<>(offset, tokens, item));
    }

    /**
     * Says how far a partition was read, gaps included.
     *
     * @param position offset of the next record that could arrive
     * @param atEnd whether nothing was behind {@code position} when it was read
     */
    public void advance(int partition, long position, boolean atEnd) {
        lanes.get(partition).advance(position, atEnd);
    }

    /** Returns how many records of a partition wait. */
    public int waiting(int partition) {
        return lanes.get(partition).size();
    }

    /** Returns whether any record waits. */
    public boolean hasWaiting() {
        return lanes.stream().anyMatch(lane -> lane.size() > 0);
    }

    /** Returns by partition the offset up to which everything was cut; exclusive, gaps included. */
    public List<Long> covered() {
        return lanes.stream().map(Lane::covered).toList();
    }

    /** Returns the number of the next micro-batch. */
    public long number() {
        return number;
    }

    /**
     * Returns the next micro-batch, or nothing while it is neither full nor lingered for.
     *
     * @param lingered whether a micro-batch that is not full is to be closed
     */
    public Optional<Cut<T>> next(boolean lingered) {
        Filling filling = new Filling();
        boolean full = filling.fill(lingered);
        if (filling.items.isEmpty() || !(full || lingered)) {
            return Optional.empty();
        }
        for (int p = 0; p < lanes.size(); p++) {
            lanes.get(p).remove(filling.taken[p]);
        }
        number++;
        return Optional.of(
                new Cut<>(filling.items, lanes.stream().map(Lane::end).toList()));
    }

    /** One attempt to fill a micro-batch; changes no lane. */
    private final class Filling {
        private final List<T> items = new ArrayList<>();
        private final int[] taken = new int[lanes.size()];
        private int examples;
        private long tokens;

        /** Returns whether the micro-batch became full; false also where a partition is still waited for. */
        boolean fill(boolean lingered) {
            List<Iterator<Waiting<T>>> heads = IntStream.range(0, lanes.size())
                    .mapToObj(p -> lanes.get(p).iterator())
                    .toList();
            int partition = (int) (number % lanes.size());
            for (int passedOver = 0; passedOver < lanes.size(); partition = (partition + 1) % lanes.size()) {
                if (!heads.get(partition).hasNext()) {
                    if (!lanes.get(partition).atEnd() && !lingered) {
                        return false;
                    }
                    passedOver++;
                } else {
                    passedOver = 0;
                    if (!take(heads.get(partition).next(), partition)) {
                        return true;
                    }
                    if (examples == limits.examples()) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean take(Waiting<T> record, int partition) {
            if (record.tokens() > 0) {
                if (examples > 0 && tokens + record.tokens() > limits.tokens()) {
                    return false;
                }
                examples++;
                tokens += record.tokens();
            }
            items.add(record.item());
            taken[partition]++;
            return true;
        }
    }
}
