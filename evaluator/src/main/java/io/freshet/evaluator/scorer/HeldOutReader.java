package io.freshet.evaluator.scorer;

import io.freshet.schemas.LabeledExample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the held-out partitions that the group gives this scorer, from where the open comparisons need them, and remembers in the
 * committed offsets what was scored. Confined to one thread.
 */
final class HeldOutReader implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(HeldOutReader.class);

    private final Consumer<String, LabeledExample> consumer;
    private final String topic;
    private final Map<Integer, Coverage> coverage = new TreeMap<>();
    private Asked asked = Asked.NOTHING;

    HeldOutReader(Consumer<String, LabeledExample> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), this);
    }

    /** Turns to what is asked now; what checkpoints were scored on whose scores nobody keeps is forgotten. */
    void turnTo(Asked next) {
        asked = next;
        coverage.replaceAll((partition, before) -> before.retain(next.keys()));
        position(consumer.assignment());
    }

    /** Returns the next examples; none while nothing is asked, but the group membership is kept up. */
    List<HeldOut> poll(Duration timeout) {
        List<HeldOut> examples = new ArrayList<>();
        for (ConsumerRecord<String, LabeledExample> record : consumer.poll(timeout)) {
            examples.add(new HeldOut(record.partition(), record.offset(), record.value()));
        }
        return examples;
    }

    /** Keeps up the group membership without reading; what slips through is read again. */
    void idle(Duration timeout) {
        consumer.pause(consumer.assignment());
        consumer.poll(timeout);
        position(consumer.assignment());
    }

    /** Returns those of {@code examples} that {@code checkpoint} has not been scored on. */
    List<HeldOut> open(String checkpoint, List<HeldOut> examples) {
        return examples.stream()
                .filter(example ->
                        example.offset() >= asked.next(checkpoint, example.partition(), covered(example.partition())))
                .toList();
    }

    /** Notes that all checkpoints that are asked have been scored on {@code examples}, and commits that. */
    void done(List<HeldOut> examples) {
        Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
        for (HeldOut example : examples) {
            int partition = example.partition();
            Coverage now = asked.scored(partition, example.offset() + 1, covered(partition));
            coverage.put(partition, now);
            commit.put(
                    new TopicPartition(topic, partition),
                    new OffsetAndMetadata(asked.next(partition, now), now.encode()));
        }
        try {
            consumer.commitSync(commit);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.info("Progress was not committed, the partitions are being moved: {}", e.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
            if (committed != null) {
                coverage.put(
                        partition.partition(),
                        Coverage.decode(committed.metadata()).retain(asked.keys()));
            }
        });
        position(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> coverage.remove(partition.partition()));
    }

    private void position(Collection<TopicPartition> partitions) {
        if (asked.isNothing()) {
            consumer.pause(partitions);
            return;
        }
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, asked.next(partition.partition(), covered(partition.partition())));
        }
        consumer.resume(partitions);
    }

    private Coverage covered(int partition) {
        return coverage.getOrDefault(partition, Coverage.NONE);
    }
}
