package io.freshet.evaluator;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.StoredFile;
import io.freshet.evaluator.gate.GateConfig;
import io.freshet.evaluator.gate.GateService;
import io.freshet.evaluator.scorer.ScorerConfig;
import io.freshet.evaluator.scorer.ScorerService;
import io.freshet.local.LocalStack;
import io.freshet.model.Objective;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker, a registry, a store, a gate and a scorer; plays ingest and trainer, and collects what the two publish. */
final class EvaluatorBench implements AutoCloseable {

    static final String MODEL = "intents";

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Map<Topic, Class<? extends SpecificRecord>> HEARD = Map.of(
            Topic.TRIALS, Trial.class,
            Topic.SCORES, ExampleScore.class,
            Topic.PAIRS, Pair.class,
            Topic.EVALUATIONS, Evaluation.class,
            Topic.CHAMPIONS, ChampionUpdate.class,
            Topic.PREDICTIONS, Prediction.class,
            Topic.DECISIONS, Decision.class);

    private final Path directory;
    private final Objective objective;
    private final LocalStack stack;
    private final SchemaRegistry registry;
    private final CheckpointStore store;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<SpecificRecord> heard = new ArrayList<>();
    private final Map<String, String> gateSettings = new TreeMap<>();
    private GateService gate;
    private ScorerService scorer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int examples;

    /** @param objective what the models are for; only a classifier's examples have labels */
    EvaluatorBench(Path directory, Objective objective) throws IOException {
        this.directory = directory;
        this.objective = objective;
        stack = LocalStack.start(directory.resolve("stack"));
        registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
        store = CheckpointStores.open(directory.resolve("store").toUri().toString(), Map.of());
        Map<String, Object> client = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCatalogue.of(MODEL, 2).ensure(admin);
        }
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> topics = HEARD.keySet().stream()
                .map(topic -> new TopicPartition(topic.of(MODEL), 0))
                .toList();
        consumer.assign(topics);
        consumer.seekToBeginning(topics);
        gateSettings.put("gate.evaluation.every", "20");
        gate = newGate("state");
        scorer = newScorer();
    }

    /** Gives the gate, which has not been started, a policy file. */
    void usePolicy(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("policy.yaml"), yaml);
        gateSettings.put("gate.policy", file.toString());
        gate = newGate("state");
    }

    /** Returns the settings of a gate in a process of its own. */
    Map<String, String> gateSettings(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(gateSettings);
        settings.putAll(common());
        settings.put("gate.state.directory", directory.resolve("state").toString());
        settings.putAll(more);
        return settings;
    }

    /** Returns the settings of a scorer in a process of its own. */
    Map<String, String> scorerSettings(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(common());
        settings.put("checkpoint.store", store.uri().toString());
        settings.put("checkpoint.cache", directory.resolve("cache").toString());
        settings.put("scorer.threads", "1");
        settings.put("scorer.batch.size", "16");
        settings.putAll(more);
        return settings;
    }

    String bootstrapServers() {
        return stack.bootstrapServers();
    }

    void startGate() {
        gate.start();
    }

    void startScorer() {
        scorer.start();
    }

    /** Starts another gate, as after a restart. */
    void restartGate(String stateDirectory) {
        gate.close();
        gate = newGate(stateDirectory);
        gate.start();
    }

    void stopScorer() {
        scorer.close();
        scorer = newScorer();
    }

    /** Publishes so many held-out examples, alternating between the partitions. */
    void holdOut(int count) {
        holdOut(count, number -> number);
    }

    /**
     * Publishes held-out examples whose task is the kind of their sentence.
     *
     * @param sentence number of the sentence, by the number of the example
     */
    void holdOut(int count, IntUnaryOperator sentence) {
        holdOut(count, sentence, TinyModels::label);
    }

    /** Publishes held-out examples of a stream that has drifted. */
    void holdOutDrifted(int count) {
        holdOut(count, number -> number, TinyModels::driftedLabel);
    }

    private void holdOut(int count, IntUnaryOperator sentence, IntFunction<String> labels) {
        for (int i = 0; i < count; i++) {
            int number = examples++;
            int shown = sentence.applyAsInt(number);
            LabeledExample example = LabeledExample.newBuilder()
                    .setId("e" + number)
                    .setInput(new TextInput(TinyModels.text(shown), null))
                    .setLabel(objective.isLanguageModel() ? null : labels.apply(shown))
                    .setTask(TinyModels.label(shown))
                    .setEventTime(Instant.ofEpochMilli(1_000L + number))
                    .build();
            send(Topic.HELD_OUT, (number / 2) % 2, example.getId(), LabeledExample.class, example);
        }
        deliver();
    }

    /** Publishes so many examples that wait for their label, as ingest does, alternating between the partitions. */
    void leaveUnlabelled(int from, int count) {
        for (int number = from; number < from + count; number++) {
            LabeledExample example = LabeledExample.newBuilder()
                    .setId("w" + number)
                    .setInput(new TextInput(TinyModels.text(number), null))
                    .setLabel(null)
                    .setEventTime(Instant.ofEpochMilli(1_000L + number))
                    .build();
            send(Topic.UNLABELLED, number % 2, example.getId(), LabeledExample.class, example);
        }
        deliver();
    }

    /** Plays the scorer: both checkpoints are right on every example held out so far. */
    void scoreAllRight(String... checkpoints) {
        int[] offsets = new int[2];
        for (int number = 0; number < examples; number++) {
            int partition = (number / 2) % 2;
            int offset = offsets[partition]++;
            for (String checkpoint : checkpoints) {
                ExampleScore score = ExampleScore.newBuilder()
                        .setCheckpoint(checkpoint)
                        .setPartition(partition)
                        .setOffset(offset)
                        .setExampleId("e" + number)
                        .setLabel(TinyModels.label(number))
                        .setPredicted(TinyModels.label(number))
                        .setProbability(0.9)
                        .setLatencyMicros(10)
                        .build();
                send(Topic.SCORES, 0, "key", ExampleScore.class, score);
            }
        }
        deliver();
    }

    /** A person gives a command. */
    void order(ControlCommand command) {
        send(Topic.CONTROL, 0, command.getCommand(), ControlCommand.class, command);
        deliver();
    }

    /** Stores the files of a model and publishes a manifest for them. */
    String publish(long sequence, Path model) throws IOException {
        List<CheckpointFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(model)) {
            for (Path path : paths.sorted().toList()) {
                StoredFile stored = store.put(path);
                files.add(new CheckpointFile(path.getFileName().toString(), stored.sha256(), stored.size(), "model"));
            }
        }
        return publish(sequence, files);
    }

    /** Loses one file of the store, as when somebody tidies it. */
    void lose(Path file) throws IOException {
        String sha256 = store.put(file).sha256();
        try (Stream<Path> paths = Files.walk(directory.resolve("store"))) {
            for (Path path : paths.filter(one -> one.endsWith(sha256)).toList()) {
                Files.delete(path);
            }
        }
    }

    String publish(long sequence, List<CheckpointFile> files) {
        String id = sequence == 0 ? "genesis-00000000" : "c%06d-00000000".formatted(sequence);
        CheckpointManifest manifest = CheckpointManifest.newBuilder()
                .setId(id)
                .setSequence(sequence)
                .setObjective(objective.key())
                .setStep(sequence)
                .setTrained(sequence * 32)
                .setRejected(0)
                .setRanges(List.of())
                .setCuts(List.of())
                .setSeed(5)
                .setConfigHash("0".repeat(64))
                .setThreads(1)
                .setCpu("test")
                .setEngine("test")
                .setLabels(sequence == 0 ? 0 : 2)
                .setStore(store.uri().toString())
                .setFiles(files)
                .setTime(Instant.ofEpochMilli(1_000 + sequence))
                .build();
        send(Topic.CHECKPOINTS, 0, id, CheckpointManifest.class, manifest);
        deliver();
        return id;
    }

    <T extends SpecificRecord> List<T> heard(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until {@code condition} holds of what was heard. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            Throwable failure = gate.failure() == null ? scorer.failure() : gate.failure();
            if (failure != null || System.nanoTime() > deadline) {
                throw new AssertionError("%s: not within %s; heard %s".formatted(what, DEADLINE, summary()), failure);
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(50));
            HEARD.forEach((topic, type) -> records.records(topic.of(MODEL))
                    .forEach(record -> heard.add(
                            AvroSerde.of(type, registry).deserializer().deserialize(record.topic(), record.value()))));
        }
    }

    @Override
    public void close() {
        scorer.close();
        gate.close();
        producer.close();
        consumer.close();
        store.close();
        stack.close();
    }

    private String summary() {
        return "%d trials, %d scores, %d pairs, evaluations %s, champions %s"
                .formatted(
                        heard(Trial.class).size(),
                        heard(ExampleScore.class).size(),
                        heard(Pair.class).size(),
                        heard(Evaluation.class).stream()
                                .map(Evaluation::getReason)
                                .toList(),
                        heard(ChampionUpdate.class).stream()
                                .map(ChampionUpdate::getCheckpoint)
                                .toList());
    }

    private <T extends SpecificRecord> void send(Topic topic, int partition, String key, Class<T> type, T value) {
        byte[] bytes = AvroSerde.of(type, registry).serializer().serialize(topic.of(MODEL), value);
        sent.add(producer.send(new ProducerRecord<>(topic.of(MODEL), partition, key, bytes)));
    }

    /** Waits until everything sent has arrived. */
    private void deliver() {
        producer.flush();
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        sent.clear();
    }

    private GateService newGate(String stateDirectory) {
        String state = directory.resolve(stateDirectory).toString();
        return new GateService(GateConfig.from(gateSettings(Map.of("gate.state.directory", state))));
    }

    private ScorerService newScorer() {
        return new ScorerService(ScorerConfig.from(scorerSettings(Map.of())));
    }

    private Map<String, String> common() {
        return Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.registryUrl(),
                "model.name", MODEL,
                "objective", objective.key());
    }
}
