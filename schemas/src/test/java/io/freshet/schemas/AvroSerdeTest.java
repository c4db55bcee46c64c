package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AvroSerdeTest {

    private final RegistryDouble server = new RegistryDouble();
    private final SchemaRegistry registry = SchemaRegistry.connect(server.url(), Map.of());
    private final Serde<LabeledExample> serde = AvroSerde.of(LabeledExample.class, registry);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsWhatItWrote() {
        LabeledExample example = Examples.text("e1", "where is my card", "card_arrival");

        byte[] value = serde.serializer().serialize("freshet.examples", example);

        assertThat(serde.deserializer().deserialize("freshet.examples", value)).isEqualTo(example);
    }

    @Test
    void framesTheRecordWithZeroAndTheSchemaIdInBigEndianOrder() {
        server.put(1, JsonNodeFactory.instance.objectNode());

        byte[] value = serde.serializer().serialize("freshet.examples", Examples.text("e1", "hello", "greeting"));

        assertThat(value).startsWith(0, 0, 0, 0, 2);
    }

    @Test
    void registersUnderTheTopicsNameOnceAndHoldsTheSubjectToFullTransitive() {
        serde.serializer().serialize("freshet.examples", Examples.text("e1", "hello", "greeting"));
        serde.serializer().serialize("freshet.examples", Examples.text("e2", "hello", "greeting"));

        assertThat(server.lines())
                .containsExactly(
                        "GET /config/freshet.examples-value",
                        "PUT /config/freshet.examples-value",
                        "POST /subjects/freshet.examples-value/versions");
        assertThat(server.compatibility()).containsEntry("freshet.examples-value", "FULL_TRANSITIVE");
    }

    @Test
    void tombstonesPassBothWays() {
        assertThat(serde.serializer().serialize("freshet.champions", null)).isNull();
        assertThat(serde.deserializer().deserialize("freshet.champions", null)).isNull();
    }

    @Test
    void theDeserializerGivesTheReasonAsItsCause() {
        assertThatThrownBy(() -> serde.deserializer().deserialize("freshet.examples", new byte[] {'{', '}'}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("freshet.examples")
                .cause()
                .isInstanceOfSatisfying(
                        UndecodableRecordException.class,
                        cause -> assertThat(cause.reason()).isEqualTo(RejectionReason.NOT_AVRO));
    }
}
