package io.freshet.client;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.StoredFile;
import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What trainer and gate leave behind for clients: tiny models in a store, and transactional records that name them. */
final class ChampionStand implements AutoCloseable {

    private final String model;
    private final Path directory;
    private final CheckpointStore store;
    private final Serializer<ChampionUpdate> serializer;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * @param model name of the model; its topics are created
     * @param directory for the store and the models
     */
    ChampionStand(LocalStack stack, String model, Path directory) throws IOException {
        this.model = model;
        this.directory = directory;
        this.store = CheckpointStores.open(storeDirectory().toUri().toString(), Map.of());
        this.serializer = AvroSerde.of(ChampionUpdate.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                .serializer();
        this.admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        TopicCatalogue.of(model, 2).ensure(admin);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", model + "-stand"),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    Path storeDirectory() {
        return directory.resolve("store");
    }

    /** Makes a model whose every answer names the number, stores its files, and announces it. */
    ChampionUpdate promote(long number) throws IOException {
        ChampionUpdate update = store(number);
        announce(update);
        return update;
    }

    /** Makes and stores a model with labels {@code champion-N} and {@code other-N}; nothing is announced. */
    ChampionUpdate store(long number) throws IOException {
        return store(number, "champion-" + number, "other-" + number);
    }

    ChampionUpdate store(long number, String... labels) throws IOException {
        return store(number, TinyModels.write(directory.resolve("model-" + number), number, labels), labels.length);
    }

    /** Makes and stores a masked language model; nothing is announced. */
    ChampionUpdate storePredictor(long number) throws IOException {
        return store(number, TinyModels.writePredictor(directory.resolve("model-" + number), number), 0);
    }

    private ChampionUpdate store(long number, Path files, int labels) throws IOException {
        List<ModelFile> stored = new ArrayList<>();
        try (Stream<Path> entries = Files.list(files)) {
            for (Path file : entries.sorted().toList()) {
                StoredFile put = store.put(file);
                stored.add(new ModelFile(String.valueOf(file.getFileName()), put.sha256(), put.size()));
            }
        }
        return ChampionUpdate.newBuilder()
                .setSequence(number)
                .setCheckpoint("c%06d-0000abcd".formatted(number))
                .setReason(number == 1 ? "initial" : "promotion")
                .setStep(number * 10)
                .setTrained(number * 320)
                .setLabels(labels)
                .setHeldOutAccuracy(0.5)
                .setStore(store.uri().toString())
                .setFiles(stored)
                .setTime(Instant.EPOCH)
                .build();
    }

    void announce(ChampionUpdate update) {
        send(serializer.serialize(Topic.CHAMPIONS.of(model), update), true);
    }

    /** Sends a record whose transaction is aborted. */
    void announceInVain(ChampionUpdate update) {
        send(serializer.serialize(Topic.CHAMPIONS.of(model), update), false);
    }

    void send(byte[] value, boolean commit) {
        producer.beginTransaction();
        Objects.requireNonNull(producer.send(new ProducerRecord<>(Topic.CHAMPIONS.of(model), model, value)));
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        awaitVisible();
    }

    /** Waits until readers of committed records see all: the broker ends a transaction after the producer's commit. */
    private void awaitVisible() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (end(IsolationLevel.READ_COMMITTED) < end(IsolationLevel.READ_UNCOMMITTED)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("a transaction on %s does not end".formatted(Topic.CHAMPIONS.of(model)));
            }
        }
    }

    private long end(IsolationLevel isolation) {
        TopicPartition partition = new TopicPartition(Topic.CHAMPIONS.of(model), 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .offset();
    }

    /** Returns where the store keeps a file of the champion. */
    Path stored(ChampionUpdate update, String path) {
        ModelFile file = update.getFiles().stream()
                .filter(candidate -> candidate.getPath().equals(path))
                .findFirst()
                .orElseThrow();
        return storeDirectory().resolve(file.getSha256().substring(0, 2)).resolve(file.getSha256());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        serializer.close();
        store.close();
    }
}
