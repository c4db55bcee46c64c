package io.freshet.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;

/**
 * Reads the counts of all instances of the service from Kafka, whether they run or not. A count appears in the transaction
 * that also commits what it counts: who sees it finds the examples behind it in their topics. Thread-safe.
 */
public final class CountsReader implements AutoCloseable {

    /** Stores that hold counts. */
    static final List<String> COUNTS =
            List.of(AdmitProcessor.COUNTS, DuplicateProcessor.COUNTS, JoinProcessor.COUNTS, SplitProcessor.COUNTS);

    private final CommittedRecords<Long> records;
    private final Map<TopicPartition, Map<String, Long>> tasks = new HashMap<>();

    private CountsReader(Map<String, Object> consumer, String applicationId) {
        List<String> changelogs = COUNTS.stream()
                .map(store -> applicationId + "-" + store + "-changelog")
                .toList();
        this.records = new CommittedRecords<>(consumer, changelogs, new LongDeserializer());
    }

    /** Opens a reader of the counts of the service with that configuration. */
    public static CountsReader open(IngestConfig config) {
        return new CountsReader(IngestClients.consumer(config.settings()), config.applicationId());
    }

    /**
     * Opens a reader of the counts of a model's ingest, wherever that runs.
     *
     * @param client settings that every Kafka client of the cluster needs
     */
    public static CountsReader open(Map<String, String> client, String modelName) {
        return new CountsReader(IngestClients.consumer(new HashMap<>(client)), IngestConfig.applicationId(modelName));
    }

    /** Returns the counts as committed now; all zero before the first start. */
    public synchronized IngestCounts read() {
        records.readOn(this::apply);
        return IngestCounts.sum(tasks.values());
    }

    private void apply(ConsumerRecord<String, Long> record) {
        TopicPartition task = new TopicPartition(record.topic(), record.partition());
        tasks.computeIfAbsent(task, t -> new HashMap<>()).put(record.key(), record.value());
    }

    @Override
    public synchronized void close() {
        records.close();
    }
}
