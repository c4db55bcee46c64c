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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the held-out partitions that the group gives this scorer, from where the open trial needs them, and remembers in the
 * committed offsets what was scored. Confined to one thread.
 */
final class HeldOutReader implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(HeldOutReader.class);

    private final Consumer<String, LabeledExample> consumer;
    private final String topic;
    private final Map<Integer, Coverage> coverage = new TreeMap<>();
    private @Nullable OpenTrial trial;

    HeldOutReader(Consumer<String, LabeledExample> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), this);
    }

    /** Turns to another trial, or to none; what checkpoints outside {@code keep} were scored on is forgotten. */
    void turnTo(@Nullable OpenTrial next, Set<String> keep) {
        trial = next;
        coverage.replaceAll((partition, before) -> before.retain(keep));
        position(consumer.assignment());
    }

    /** Returns the next examples; none while no trial is open, but the group membership is kept up. */
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
    List<HeldOut> open(OpenTrial asked, String checkpoint, List<HeldOut> examples) {
        return examples.stream()
                .filter(example -> example.offset()
                        >= covered(example.partition()).next(checkpoint, asked.first(example.partition())))
                .toList();
    }

    /** Notes that all checkpoints of the trial have been scored on {@code examples}, and commits that. */
    void done(OpenTrial asked, List<HeldOut> examples) {
        Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
        for (HeldOut example : examples) {
            int partition = example.partition();
            Coverage now = covered(partition);
            for (String checkpoint : asked.ids()) {
                now = now.scored(checkpoint, asked.first(partition), example.offset() + 1);
            }
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
                coverage.put(partition.partition(), Coverage.decode(committed.metadata()));
            }
        });
        position(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> coverage.remove(partition.partition()));
    }

    private void position(Collection<TopicPartition> partitions) {
        OpenTrial current = trial;
        if (current == null) {
            consumer.pause(partitions);
            return;
        }
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, current.next(partition.partition(), covered(partition.partition())));
        }
        consumer.resume(partitions);
    }

    private Coverage covered(int partition) {
        return coverage.getOrDefault(partition, Coverage.NONE);
    }
}
