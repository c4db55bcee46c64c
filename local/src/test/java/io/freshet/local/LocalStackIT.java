package io.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.schemas.TopicMismatchException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LocalStackIT {

    private static final TopicCatalogue CATALOGUE = TopicCatalogue.of("intents", 2);

    @TempDir
    private Path directory;

    @Test
    void recordsAndSchemasOutliveARestartOnTheSameDirectory() throws Exception {
        LabeledExample example = example("e1");
        try (LocalStack stack = LocalStack.start(directory)) {
            ensure(stack);
            send(stack, example);
        }

        try (LocalStack stack = LocalStack.start(directory)) {
            ensure(stack);
            SchemaRegistry registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
            RecordDecoder<LabeledExample> decoder = RecordDecoder.of(LabeledExample.class, registry);
            List<byte[]> values =
                    TopicReader.read(stack.bootstrapServers(), Topic.EXAMPLES.of("intents"), 1, Duration.ofSeconds(30));

            assertThat(decoder.decode(values.get(0))).isEqualTo(example);
        }
    }

    @Test
    void aTopicThatDiffersFromTheCatalogueIsRefusedWithEveryDifference() {
        try (LocalStack stack = LocalStack.start(directory)) {
            ensure(stack);

            assertThatThrownBy(() -> ensure(stack, TopicCatalogue.of("intents", 3)))
                    .isInstanceOfSatisfying(
                            TopicMismatchException.class,
                            mismatch -> assertThat(mismatch.differences())
                                    .hasSize(4)
                                    .first()
                                    .asString()
                                    .contains("intents.examples has 2 partitions, wanted are 3"));
        }
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (LocalStack stack = LocalStack.start(directory)) {
            assertThat(stack.bootstrapServers()).startsWith("127.0.0.1:");

            assertThatThrownBy(() -> LocalStack.start(directory))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("is in use by another broker");
        }
    }

    private static void ensure(LocalStack stack) {
        ensure(stack, CATALOGUE);
    }

    private static void ensure(LocalStack stack, TopicCatalogue catalogue) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            catalogue.ensure(admin);
        }
    }

    private static void send(LocalStack stack, LabeledExample example) throws Exception {
        SchemaRegistry registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
        try (KafkaProducer<String, LabeledExample> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(),
                AvroSerde.of(LabeledExample.class, registry).serializer())) {
            producer.send(new ProducerRecord<>(Topic.EXAMPLES.of("intents"), example.getId(), example))
                    .get();
        }
    }

    private static LabeledExample example(String id) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(TextInput.newBuilder().setText("where is my card").build())
                .setLabel("card_arrival")
                .setEventTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .build();
    }
}
