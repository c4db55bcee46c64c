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
import java.net.InetAddress;
import java.net.ServerSocket;
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
            send(stack.bootstrapServers(), stack.registryUrl(), example);
        }

        try (LocalStack stack = LocalStack.start(directory)) {
            ensure(stack);
            assertHolds(stack, example);
        }
    }

    @Test
    void acknowledgedRecordsOutliveAKilledProcess() throws Exception {
        LabeledExample example = example("e1");
        try (StackProcess killed = StackProcess.start(directory)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", killed.bootstrapServers()))) {
                CATALOGUE.ensure(admin);
            }
            send(killed.bootstrapServers(), killed.registryUrl(), example);
        }

        try (LocalStack stack = LocalStack.start(directory)) {
            assertHolds(stack, example);
            send(stack.bootstrapServers(), stack.registryUrl(), example("e2"));
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
                                    .hasSize(6)
                                    .first()
                                    .asString()
                                    .contains("intents.examples has 2 partitions, wanted are 3"));
        }
    }

    @Test
    void fixedPortsAreTaken() throws Exception {
        List<Integer> free = FreePorts.find(3);

        try (LocalStack stack = LocalStack.start(directory, new Ports(free.get(0), free.get(1), free.get(2)))) {
            assertThat(stack.bootstrapServers()).isEqualTo("127.0.0.1:" + free.get(0));
            assertThat(stack.registryUrl()).isEqualTo("http://127.0.0.1:" + free.get(2));
        }
    }

    @Test
    void aPortInUseIsNamedAndTheDirectoryIsFreeAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> LocalStack.start(directory, new Ports(port, 0, 0)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(Integer.toString(port));
        }

        try (LocalStack stack = LocalStack.start(directory)) {
            ensure(stack);
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

    private static void assertHolds(LocalStack stack, LabeledExample example) throws Exception {
        SchemaRegistry registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
        List<byte[]> values =
                TopicReader.read(stack.bootstrapServers(), Topic.EXAMPLES.of("intents"), 1, Duration.ofSeconds(30));

        assertThat(RecordDecoder.of(LabeledExample.class, registry).decode(values.get(0)))
                .isEqualTo(example);
    }

    private static void send(String bootstrapServers, String registryUrl, LabeledExample example) throws Exception {
        SchemaRegistry registry = SchemaRegistry.connect(registryUrl, Map.of());
        try (KafkaProducer<String, LabeledExample> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
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
