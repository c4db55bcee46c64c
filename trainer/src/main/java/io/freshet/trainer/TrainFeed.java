package io.freshet.trainer;

import io.freshet.trainer.cut.BatchCutter;
import io.freshet.trainer.cut.Cut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The train topic as micro-batches. Offsets are the consumer's positions, which pass over the gaps of control records and
 * aborted transactions. Owns all partitions; they are never rebalanced.
 */
final class TrainFeed {

    /** A partition with so many records waiting is not asked for more. */
    private static final int PLENTY = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final BatchCutter<Arrival> cutter;
    private final RecordedSplit split;
    private final Intake intake;
    private final Duration linger;
    private final Time time;
    private OptionalLong waitingSince = OptionalLong.empty();

    /**
     * Reads from {@code starts} on.
     *
     * @param consumer not owned
     * @param split looked for before the first record is taken
     * @param partitions all of the topic, in the order of their numbers
     */
    TrainFeed(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            List<Long> starts,
            BatchCutter<Arrival> cutter,
            RecordedSplit split,
            Intake intake,
            Duration linger,
            Time time) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
        this.cutter = cutter;
        this.split = split;
        this.intake = intake;
        this.linger = linger;
        this.time = time;
        consumer.assign(partitions);
        for (int p = 0; p < partitions.size(); p++) {
            consumer.seek(partitions.get(p), starts.get(p));
        }
    }

    /** Returns the next micro-batch, or nothing if there is none within {@code patience}. */
    Optional<Cut<Arrival>> next(Duration patience) {
        long begin = time.tick();
        while (true) {
            Optional<Cut<Arrival>> cut = cutter.next(lingered());
            if (cut.isPresent()) {
                waitingSince = OptionalLong.empty();
                return cut;
            }
            if (cutter.hasWaiting() && waitingSince.isEmpty()) {
                waitingSince = OptionalLong.of(time.tick());
            }
            Duration left = patience.minus(time.since(begin));
            if (left.isNegative() || left.isZero()) {
                return Optional.empty();
            }
            poll(left);
        }
    }

    private boolean lingered() {
        return waitingSince.isPresent() && time.since(waitingSince.getAsLong()).compareTo(linger) >= 0;
    }

    private void poll(Duration atMost) {
        throttle();
        Duration wait = waitingSince.isEmpty() || atMost.compareTo(linger) < 0 ? atMost : linger;
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        if (!records.isEmpty()) {
            split.look(); // after they arrived: before that it may not have been recorded yet
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Arrival arrival = intake.take(record);
            cutter.add(record.partition(), record.offset(), arrival.tokens(), arrival);
        }
        for (int p = 0; p < partitions.size(); p++) {
            TopicPartition partition = partitions.get(p);
            OptionalLong lag = consumer.currentLag(partition);
            cutter.advance(p, consumer.position(partition), lag.isPresent() && lag.getAsLong() == 0);
        }
    }

    private void throttle() {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> hungry = new ArrayList<>();
        for (int p = 0; p < partitions.size(); p++) {
            (cutter.waiting(p) >= PLENTY ? full : hungry).add(partitions.get(p));
        }
        consumer.pause(full);
        consumer.resume(hungry);
    }

    /** Returns by partition the offset up to which everything was cut, gaps included. */
    List<Long> covered() {
        return cutter.covered();
    }
}
