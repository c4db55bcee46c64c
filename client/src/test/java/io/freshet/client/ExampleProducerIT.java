package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.config.ConfigException;
import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleProducerIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path directory;

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            TopicCatalogue.of("intents", 2).ensure(admin);
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void sendsWhatWasSaidAndSaysWhereItLies() throws Exception {
        SentExample sent;
        try (ExampleProducer producer = producer()) {
            sent = producer.example("book a table")
                    .id("e1")
                    .textPair("for two")
                    .label("booking")
                    .group("customer-7")
                    .task("travel")
                    .source("chat")
                    .attribute("channel", "web")
                    .weight(0.5)
                    .send()
                    .get(30, TimeUnit.SECONDS);
        }
        ConsumerRecord<String, byte[]> record = read(sent);

        assertThat(sent.topic()).isEqualTo("intents.examples");
        assertThat(record.key()).isEqualTo("e1");
        assertThat(decode(record))
                .isEqualTo(LabeledExample.newBuilder()
                        .setId("e1")
                        .setInput(TextInput.newBuilder()
                                .setText("book a table")
                                .setTextPair("for two")
                                .build())
                        .setLabel("booking")
                        .setGroup("customer-7")
                        .setTask("travel")
                        .setSource("chat")
                        .setAttributes(Map.of("channel", "web"))
                        .setWeight(0.5)
                        .setEventTime(NOW)
                        .build());
    }

    @Test
    void sendsALabelByItselfUnderTheIdOfItsExample() throws Exception {
        SentExample sent;
        try (ExampleProducer producer = producer()) {
            sent = producer.label("e1", "booking").get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> producer.label(" ", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("id is blank")
                    .hasMessageContaining("label is blank");
        }
        ConsumerRecord<String, byte[]> record = read(sent);

        assertThat(sent.topic()).isEqualTo("intents.labels");
        assertThat(record.key()).isEqualTo("e1");
        assertThat(AvroSerde.of(Label.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                        .deserializer()
                        .deserialize(record.topic(), record.value()))
                .isEqualTo(Label.newBuilder()
                        .setId("e1")
                        .setLabel("booking")
                        .setTime(NOW)
                        .build());
    }

    @Test
    void givesEachExampleARandomIdWhereNoneIsGiven() throws Exception {
        try (ExampleProducer producer = producer()) {
            SentExample one = producer.send("hello", "greeting").get(30, TimeUnit.SECONDS);
            SentExample two = producer.send("hello", "greeting").get(30, TimeUnit.SECONDS);

            assertThat(one.id()).isNotBlank().isNotEqualTo(two.id());
        }
    }

    @Test
    void putsExamplesOfOneIdIntoOnePartitionInOrder() throws Exception {
        List<CompletableFuture<SentExample>> sent = new ArrayList<>();
        try (ExampleProducer producer = producer()) {
            for (int i = 0; i < 50; i++) {
                sent.add(producer.example("text " + i).id("same").label("x").send());
            }
            producer.flush();
            assertThat(sent).allMatch(CompletableFuture::isDone);
        }
        List<Long> offsets = new ArrayList<>();
        for (CompletableFuture<SentExample> one : sent) {
            assertThat(one.get().partition()).isEqualTo(sent.get(0).get().partition());
            offsets.add(one.get().offset());
        }
        assertThat(offsets).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void sendsWhatIsBufferedBeforeItCloses() throws Exception {
        CompletableFuture<SentExample> sent;
        try (ExampleProducer producer = ExampleProducer.builder()
                .set(settings())
                .set("producer.linger.ms", "60000")
                .open()) {
            sent = producer.send("hello", "greeting");
        }

        assertThat(sent.get(0, TimeUnit.SECONDS).offset()).isNotNegative();
    }

    @Test
    void refusesAMistakeBeforeItIsSent() {
        try (ExampleProducer producer = producer()) {
            assertThatThrownBy(() -> producer.send(" ", "greeting"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("text is blank");
        }
    }

    @Test
    void failsTheFutureWhenTheTopicIsAbsent() {
        try (ExampleProducer producer = ExampleProducer.builder()
                .set(settings())
                .modelName("nobody")
                .set("producer.max.block.ms", "500")
                .open()) {
            CompletableFuture<SentExample> sent = producer.send("hello", "greeting");

            assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("nobody.examples");
        }
    }

    @Test
    void failsTheFutureWhenTheRegistryIsAway() {
        try (ExampleProducer producer = ExampleProducer.builder()
                .set(settings())
                .schemaRegistry("http://127.0.0.1:1")
                .set("schema.registry.retry.timeout.ms", "200")
                .open()) {
            CompletableFuture<SentExample> sent = producer.send("hello", "greeting");

            assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("127.0.0.1:1");
        }
    }

    @Test
    void namesEveryUnusableSettingAtOnce() {
        assertThatThrownBy(() -> ExampleProducer.builder().set("model.nam", "x").open())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bootstrap.servers")
                .hasMessageContaining("schema.registry.url")
                .hasMessageContaining("did you mean model.name?");
    }

    private static Map<String, String> settings() {
        return Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.registryUrl(),
                "model.name", "intents");
    }

    private static ExampleProducer producer() {
        return ExampleProducer.open(settings(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ConsumerRecord<String, byte[]> read(SentExample sent) {
        TopicPartition partition = new TopicPartition(sent.topic(), sent.partition());
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, sent.offset());
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                List<ConsumerRecord<String, byte[]>> records =
                        consumer.poll(Duration.ofMillis(200)).records(partition);
                if (!records.isEmpty()) {
                    return records.get(0);
                }
            }
            throw new AssertionError("nothing at " + sent);
        }
    }

    private static LabeledExample decode(ConsumerRecord<String, byte[]> record) throws Exception {
        return RecordDecoder.of(LabeledExample.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                .decode(record.value());
    }
}
