package io.freshet.cli.audit;

import io.freshet.cli.stream.Cluster;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.Topic;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Examples of one topic, by where they stand. Confined to one thread. */
final class ExampleTopic implements AutoCloseable {

    /** Reading on is cheaper than seeking where the next wanted example is not further than this. */
    private static final long NEAR = 1_000;

    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordDecoder<LabeledExample> decoder;
    private final String topic;

    ExampleTopic(Cluster cluster, Topic topic) {
        this.topic = topic.of(cluster.modelName());
        this.decoder = RecordDecoder.of(LabeledExample.class, cluster.registry());
        Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns those of the examples that the topic still has. */
    Map<Place, LabeledExample> read(SortedSet<Place> wanted) {
        Map<Integer, NavigableSet<Long>> offsets = new TreeMap<>();
        wanted.forEach(place -> offsets.computeIfAbsent(place.partition(), key -> new TreeSet<>())
                .add(place.offset()));
        Map<Place, LabeledExample> found = new TreeMap<>();
        offsets.forEach((partition, asked) -> read(partition, asked, found));
        return found;
    }

    private void read(int partition, NavigableSet<Long> asked, Map<Place, LabeledExample> found) {
        TopicPartition place = new TopicPartition(topic, partition);
        long end = begin(place, asked.first());
        Long next = asked.ceiling(consumer.position(place));
        while (next != null && next < end) {
            if (next > consumer.position(place) + NEAR) {
                consumer.seek(place, next);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                if (asked.contains(record.offset())) {
                    decode(record).ifPresent(example -> found.put(new Place(partition, record.offset()), example));
                }
            }
            next = asked.ceiling(consumer.position(place));
        }
    }

    /**
     * Goes through all examples of some stretches of the topic.
     *
     * @param spans ascending, without overlap
     * @return how many offsets the topic does not have any more
     */
    long scan(List<Span> spans, BiConsumer<Place, LabeledExample> visitor) {
        long gone = 0;
        for (Span span : spans) {
            TopicPartition place = new TopicPartition(topic, span.partition());
            long end = Math.min(span.to(), begin(place, span.from()));
            gone += Math.min(span.to(), consumer.position(place)) - span.from();
            while (consumer.position(place) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    if (record.offset() < end) {
                        decode(record)
                                .ifPresent(example ->
                                        visitor.accept(new Place(record.partition(), record.offset()), example));
                    }
                }
            }
        }
        return gone;
    }

    /** Turns to an offset, or to the first that is left behind it; returns the end of the partition. */
    private long begin(TopicPartition place, long offset) {
        consumer.assign(List.of(place));
        long first = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
        consumer.seek(place, Math.max(first, offset));
        return consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
    }

    /** What ingest did not write may be there too: nobody learns from it, or is scored on it. */
    private Optional<LabeledExample> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(decoder.decode(record.value()));
        } catch (UndecodableRecordException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
