package io.freshet.trainer;

import io.freshet.local.LocalStack;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.text.WordPieces;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.schemas.split.HeldOutSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An embedded broker and registry with a tiny starting model, and what tests write to and read from them. */
final class Cluster implements AutoCloseable {

    private static final ModelShape TINY = new ModelShape(1, 16, 2, 32, 32, 0.1);
    private static final int TRANSACTION = 25;

    private final LocalStack stack;
    private final Path directory;
    private final SchemaRegistry registry;

    Cluster(Path directory) throws IOException {
        this.directory = directory;
        this.stack = LocalStack.start(directory.resolve("stack"));
        this.registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
        Models.initialise(
                directory.resolve("start"), TINY, WordPieces.bertBaseUncased().cut(Examples.texts(), 6_000), 3);
    }

    SchemaRegistry registry() {
        return registry;
    }

    /** Returns settings of a trainer of {@code model}, which has a store of its own. */
    Map<String, String> settings(String model, String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.registryUrl(),
                "model.name", model,
                "checkpoint.store", directory.resolve("store-" + model).toUri().toString(),
                "checkpoint.cache", directory.resolve("cache").toString(),
                "trainer.model", directory.resolve("start").toString(),
                "trainer.threads", "1",
                "batch.size", "16",
                "batch.linger.ms", "100"));
        settings.putAll(Map.of(
                "checkpoint.every.examples", "100",
                "checkpoint.idle.ms", "500",
                "replay.size", "50",
                "learning.rate", "0.001"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    void ensureTopics(String model) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            TopicCatalogue.of(model, 2).ensure(admin);
        }
    }

    /** Publishes in transactions, with an aborted one after every third, as they lie behind an exactly-once service. */
    void train(String model, List<LabeledExample> examples) {
        ensureTopics(model);
        String topic = Topic.TRAIN.of(model);
        Serializer<LabeledExample> serializer =
                AvroSerde.of(LabeledExample.class, registry).serializer();
        try (KafkaProducer<String, byte[]> producer = producer(Map.of("transactional.id", model + "-test"))) {
            producer.initTransactions();
            for (int from = 0; from < examples.size(); from += TRANSACTION) {
                producer.beginTransaction();
                for (LabeledExample example : examples.subList(from, Math.min(from + TRANSACTION, examples.size()))) {
                    send(producer, topic, example.getId(), serializer.serialize(topic, example));
                }
                producer.commitTransaction();
                if (from / TRANSACTION % 3 == 2) {
                    producer.beginTransaction();
                    send(producer, topic, "aborted", serializer.serialize(topic, examples.get(from)));
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }
    }

    void trainBytes(String model, String key, byte[] value) {
        ensureTopics(model);
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            send(producer, Topic.TRAIN.of(model), key, value);
        }
    }

    /** Records the held-out split as ingest does. */
    void split(String model, HeldOutSplit split) {
        ensureTopics(model);
        String topic = Topic.SPLIT.of(model);
        SplitSettings record = SplitSettings.newBuilder()
                .setSalt(split.salt())
                .setFraction(split.fraction())
                .setTime(Instant.ofEpochMilli(0))
                .build();
        byte[] value = AvroSerde.of(SplitSettings.class, registry).serializer().serialize(topic, record);
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            send(producer, topic, model, value);
        }
    }

    void control(String model, String command) {
        ensureTopics(model);
        String topic = Topic.CONTROL.of(model);
        ControlCommand record = ControlCommand.newBuilder()
                .setCommand(command)
                .setWho("test")
                .setTime(Instant.ofEpochMilli(0))
                .build();
        byte[] value = AvroSerde.of(ControlCommand.class, registry).serializer().serialize(topic, record);
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            send(producer, topic, command, value);
        }
    }

    /** Publishes who reigns, as the gate does. */
    void champion(String model, long sequence, CheckpointManifest checkpoint, String reason) {
        ensureTopics(model);
        String topic = Topic.CHAMPIONS.of(model);
        ChampionUpdate record = ChampionUpdate.newBuilder()
                .setSequence(sequence)
                .setCheckpoint(checkpoint.getId())
                .setReason(reason)
                .setStep(checkpoint.getStep())
                .setTrained(checkpoint.getTrained())
                .setLabels(checkpoint.getLabels())
                .setStore(checkpoint.getStore())
                .setFiles(List.of())
                .setTime(Instant.ofEpochMilli(0))
                .build();
        byte[] value = AvroSerde.of(ChampionUpdate.class, registry).serializer().serialize(topic, record);
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            send(producer, topic, model, value);
        }
    }

    List<CheckpointManifest> manifests(String model) {
        return values(Topic.CHECKPOINTS, model, CheckpointManifest.class);
    }

    /** Returns every committed record of a topic, by partition and offset. */
    <T extends SpecificRecord> List<T> values(Topic topic, String model, Class<T> type) {
        var deserializer = AvroSerde.of(type, registry).deserializer();
        return records(topic, model).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> records(Topic topic, String model) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            for (TopicPartition partition : partitions(consumer, topic.of(model))) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = Objects.requireNonNull(
                        consumer.endOffsets(List.of(partition)).get(partition));
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    /** Returns the end of each partition of the train topic, as a reader of committed records sees it. */
    List<Long> trainEnds(String model) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, Topic.TRAIN.of(model));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return partitions.stream()
                    .map(partition -> Objects.requireNonNull(ends.get(partition)))
                    .toList();
        }
    }

    /** Deletes every record of the train topic, as its retention would. */
    void deleteTrainRecords(String model) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            all.put(new TopicPartition(Topic.TRAIN.of(model), partition), RecordsToDelete.beforeOffset(-1));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.deleteRecords(all).all().get();
        }
    }

    List<Long> groupOffsets(String model) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(model + "-trainer")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return new TreeMap<>(Map.of(
                            0, offset(offsets, model, 0),
                            1, offset(offsets, model, 1)))
                    .values().stream().toList();
        }
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> offsets, String model, int partition) {
        return Objects.requireNonNull(offsets.get(new TopicPartition(Topic.TRAIN.of(model), partition)))
                .offset();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((a, b) -> a.partition() - b.partition())
                .toList();
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new TreeMap<>(more);
        properties.put("bootstrap.servers", stack.bootstrapServers());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        stack.close();
    }
}
