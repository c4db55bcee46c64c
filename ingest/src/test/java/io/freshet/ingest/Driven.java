package io.freshet.ingest;

import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under test, with a real registry behind it and typed ends. */
final class Driven implements AutoCloseable {

    private static final String MODEL = "intents";

    final SchemaRegistry registry;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> examples;
    private final Serializer<LabeledExample> serializer;

    Driven(LocalStack stack, Path state, Map<String, String> settings) {
        this(SchemaRegistry.connect(stack.registryUrl(), Map.of()), stack.registryUrl(), state, settings);
    }

    private Driven(SchemaRegistry registry, String url, Path state, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "schema.registry.url",
                url,
                "model.name",
                MODEL,
                "ingest.state.directory",
                state.toString()));
        all.putAll(settings);
        IngestConfig config = IngestConfig.from(all);
        this.registry = registry;
        this.driver =
                new TopologyTestDriver(new IngestTopology(config, registry).build(), IngestClients.streams(config));
        this.examples =
                driver.createInputTopic(Topic.EXAMPLES.of(MODEL), new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = AvroSerde.of(LabeledExample.class, registry).serializer();
    }

    /** A topology whose registry does not answer. */
    static Driven withoutRegistry(Path state) {
        String url = "http://127.0.0.1:1"; // nothing listens on that port
        SchemaRegistry registry = SchemaRegistry.connect(url, Map.of("schema.registry.retry.timeout.ms", "0"));
        return new Driven(registry, url, state, Map.of());
    }

    byte[] encode(LabeledExample example) {
        return serializer.serialize(Topic.EXAMPLES.of(MODEL), example);
    }

    void send(LabeledExample example) {
        send(example, Examples.TIME);
    }

    void send(LabeledExample example, Instant appended) {
        send(encode(example), appended);
    }

    void send(byte @Nullable [] value) {
        send(value, Examples.TIME);
    }

    void send(byte @Nullable [] value, Instant appended) {
        examples.pipeInput(new TestRecord<>(null, value, appended));
    }

    void send(Label label, Instant appended) {
        sendLabel(AvroSerde.of(Label.class, registry).serializer().serialize(Topic.LABELS.of(MODEL), label), appended);
    }

    void sendLabel(byte[] value, Instant appended) {
        input(Topic.LABELS).pipeInput(new TestRecord<>(null, value, appended));
    }

    /** The champion's answer on an example. */
    void answer(String id, String predicted) {
        Prediction prediction = Prediction.newBuilder()
                .setExampleId(id)
                .setCheckpoint("c1")
                .setPredicted(predicted)
                .setProbability(0.5)
                .setTime(Examples.TIME)
                .build();
        byte[] value = AvroSerde.of(Prediction.class, registry)
                .serializer()
                .serialize(Topic.PREDICTIONS.of(MODEL), prediction);
        input(Topic.PREDICTIONS).pipeInput(new TestRecord<>(null, value, Examples.TIME));
    }

    /** Lets time go by without a record. */
    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(topic.of(MODEL), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Values that came out since the last call, as they are. */
    List<TestRecord<String, byte[]>> raw(Topic topic) {
        return output(topic, new ByteArrayDeserializer()).readRecordsToList();
    }

    /** Examples that came out since the last call, on either side. */
    List<LabeledExample> admitted() {
        List<LabeledExample> all = new ArrayList<>(examples(Topic.TRAIN));
        all.addAll(examples(Topic.HELD_OUT));
        return all;
    }

    List<LabeledExample> examples(Topic topic) {
        return output(topic, AvroSerde.of(LabeledExample.class, registry).deserializer())
                .readValuesToList();
    }

    List<TestRecord<String, RejectedExample>> rejected() {
        return output(
                        Topic.REJECTED,
                        AvroSerde.of(RejectedExample.class, registry).deserializer())
                .readRecordsToList();
    }

    private <V> TestOutputTopic<String, V> output(Topic topic, Deserializer<V> values) {
        return driver.createOutputTopic(topic.of(MODEL), new StringDeserializer(), values);
    }

    /** Counts as they are in the stores. */
    IngestCounts counts() {
        List<Map<String, Long>> tasks = new ArrayList<>();
        for (String name : CountsReader.COUNTS) {
            var store = driver.<String, Long>getKeyValueStore(name);
            if (store == null) { // labels do not come by themselves
                continue;
            }
            Map<String, Long> task = new HashMap<>();
            try (var all = store.all()) {
                all.forEachRemaining(entry -> task.put(entry.key, entry.value));
            }
            tasks.add(task);
        }
        return IngestCounts.sum(tasks);
    }

    @Override
    public void close() {
        driver.close();
    }
}
