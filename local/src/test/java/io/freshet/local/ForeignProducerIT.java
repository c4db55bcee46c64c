package io.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.foreign.ForeignProducer;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that share no code with this project publish, and what they published is read. */
@Timeout(300)
final class ForeignProducerIT {

    private static final String TOPIC = Topic.EXAMPLES.of("intents");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private SchemaRegistry registry;

    @BeforeEach
    void start() {
        stack = LocalStack.start(directory.resolve("data"));
        registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            TopicCatalogue.of("intents", 2).ensure(admin);
        }
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void whatPythonPublishesIsDecoded() throws Exception {
        publishesWhatItWasGiven(ForeignProducer.python(), "python");
    }

    @Test
    void whatNodePublishesIsDecoded() throws Exception {
        publishesWhatItWasGiven(ForeignProducer.node(), "node");
    }

    @Test
    void allLanguagesShareOneSchemaId() throws Exception {
        ForeignProducer.python().publish(stack.bootstrapServers(), stack.registryUrl(), TOPIC, "--generate", "20");
        ForeignProducer.node().publish(stack.bootstrapServers(), stack.registryUrl(), TOPIC, "--generate", "20");
        byte[] own = AvroSerde.of(LabeledExample.class, registry)
                .serializer()
                .serialize(TOPIC, example("own", "hello", "greeting"));

        List<byte[]> values = TopicReader.read(stack.bootstrapServers(), TOPIC, 40, PATIENCE);

        assertThat(values).allSatisfy(value -> assertThat(value).startsWith(own[0], own[1], own[2], own[3], own[4]));
    }

    private void publishesWhatItWasGiven(ForeignProducer producer, String source) throws Exception {
        Path lines = Files.writeString(directory.resolve("examples.jsonl"), """
                {"id": "1", "text": "où est ma carte? \uD83D\uDCB3", "label": "card_arrival", "time": 1700000000123}

                {"id": "2", "text": "a", "group": "customer-3", "task": "bank", "source": "crm", "attributes": {"channel": "chat"}, "weight": 0.5, "time": 1700000000123}
                """);

        producer.publish(stack.bootstrapServers(), stack.registryUrl(), TOPIC, "--input", lines.toString());

        RecordDecoder<LabeledExample> decoder = RecordDecoder.of(LabeledExample.class, registry);
        List<byte[]> values = TopicReader.read(stack.bootstrapServers(), TOPIC, 2, PATIENCE);
        assertThat(List.of(decoder.decode(values.get(0)), decoder.decode(values.get(1))))
                .containsExactlyInAnyOrder(
                        LabeledExample.newBuilder(example("1", "où est ma carte? \uD83D\uDCB3", "card_arrival"))
                                .setSource(source)
                                .build(),
                        LabeledExample.newBuilder(example("2", "a", null))
                                .setGroup("customer-3")
                                .setTask("bank")
                                .setSource("crm")
                                .setAttributes(Map.of("channel", "chat"))
                                .setWeight(0.5)
                                .build());
    }

    private static LabeledExample example(String id, String text, @Nullable String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(TextInput.newBuilder().setText(text).build())
                .setLabel(label)
                .setEventTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .build();
    }
}
