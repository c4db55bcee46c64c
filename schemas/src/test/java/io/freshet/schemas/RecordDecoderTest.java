package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecordDecoderTest {

    private static final LabeledExample EXAMPLE = Examples.text("e1", "where is my card", "card_arrival");

    private final RegistryDouble server = new RegistryDouble();
    private final SchemaRegistry registry =
            SchemaRegistry.connect(server.url(), Map.of(RegistryConfig.RETRY_TIMEOUT, "0"));
    private final RecordDecoder<LabeledExample> decoder = RecordDecoder.of(LabeledExample.class, registry);
    private final byte[] good =
            AvroSerde.of(LabeledExample.class, registry).serializer().serialize("freshet.examples", EXAMPLE);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void decodesARecord() throws Exception {
        assertThat(decoder.decode(good)).isEqualTo(EXAMPLE);
    }

    @Test
    void whatDoesNotBeginWithZeroIsNotAvro() {
        assertThat(reason("{\"id\":\"e1\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo(RejectionReason.NOT_AVRO);
        assertThat(reason(new byte[0])).isEqualTo(RejectionReason.NOT_AVRO);
        assertThat(reason(null)).isEqualTo(RejectionReason.NOT_AVRO);
    }

    /** 0 to 4 bytes end in the header, the rest in the body; no prefix of a record is a record. */
    @Test
    void everyTruePrefixOfARecordIsTruncated() {
        for (int length = 1; length < good.length; length++) {
            assertThat(reason(Arrays.copyOf(good, length)))
                    .as("first %d of %d bytes", length, good.length)
                    .isEqualTo(RejectionReason.TRUNCATED);
        }
    }

    @Test
    void anIdThatTheRegistryDoesNotHaveIsAnUnknownSchema() {
        byte[] value = good.clone();
        ByteBuffer.wrap(value).putInt(1, 4711);

        UndecodableRecordException failure = failure(value);

        assertThat(failure.reason()).isEqualTo(RejectionReason.SCHEMA_UNKNOWN);
        assertThat(failure).hasMessageContaining("4711");
    }

    @Test
    void aSchemaWithoutARequiredFieldIsIncompatible() throws Exception {
        Schema other = SchemaBuilder.record("LabeledExample")
                .namespace("io.freshet.schemas")
                .fields()
                .requiredString("id")
                .endRecord();
        GenericRecord record = new GenericData.Record(other);
        record.put("id", "e1");

        UndecodableRecordException failure = failure(written(77, other, record));

        assertThat(failure.reason()).isEqualTo(RejectionReason.SCHEMA_INCOMPATIBLE);
        assertThat(failure).hasMessageContaining("schema id 77").hasMessageContaining("eventTime");
    }

    @Test
    void aSchemaThatIsNotAvroIsIncompatible() {
        server.put(
                78,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schemaType", "PROTOBUF")
                        .put("schema", "message A {}"));

        assertThat(reason(new byte[] {0, 0, 0, 0, 78, 1})).isEqualTo(RejectionReason.SCHEMA_INCOMPATIBLE);
    }

    @Test
    void aWriterWithAFieldMoreIsRead() throws Exception {
        Schema known = LabeledExample.getClassSchema();
        Schema wider = Schema.createRecord(
                known.getName(),
                known.getDoc(),
                known.getNamespace(),
                false,
                Stream.concat(
                                known.getFields().stream().map(field -> new Schema.Field(field, field.schema())),
                                Stream.of(new Schema.Field(
                                        "language", SchemaBuilder.builder().stringType(), "", "en")))
                        .toList());
        GenericRecord input = new GenericData.Record(TextInput.getClassSchema());
        input.put("text", "hello");
        GenericRecord record = new GenericData.Record(wider);
        record.put("id", "e2");
        record.put("input", input);
        record.put("attributes", Map.of());
        record.put("eventTime", 1_700_000_000_123L);
        record.put("weight", 1.0);
        record.put("correction", false);
        record.put("language", "de");

        LabeledExample read = decoder.decode(written(79, wider, record));

        assertThat(read.getId()).isEqualTo("e2");
        assertThat(((TextInput) read.getInput()).getText()).isEqualTo("hello");
    }

    @Test
    void bytesThatCannotBelongToTheSchemaAreNotAvro() {
        byte[] negativeLength = {0, 0, 0, 0, 1, 1}; // zigzag 1 is -1: an id of -1 characters

        assertThat(reason(negativeLength)).isEqualTo(RejectionReason.NOT_AVRO);
    }

    @Test
    void aLengthBeyondTheValueIsTruncatedWithoutAllocatingIt() {
        byte[] hugeLength = {0, 0, 0, 0, 1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8}; // zigzag of 1 GiB

        assertThat(reason(hugeLength)).isEqualTo(RejectionReason.TRUNCATED);
    }

    @Test
    void bytesBehindTheRecordAreNotAvro() {
        assertThat(reason(Arrays.copyOf(good, good.length + 1))).isEqualTo(RejectionReason.NOT_AVRO);
    }

    @Test
    void aRegistryThatIsDownSaysNothingAboutTheRecord() {
        SchemaRegistry cold = SchemaRegistry.connect(server.url(), Map.of(RegistryConfig.RETRY_TIMEOUT, "0"));
        server.close();

        assertThatThrownBy(() -> RecordDecoder.of(LabeledExample.class, cold).decode(good))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(server.url());
    }

    private RejectionReason reason(byte @Nullable [] value) {
        return failure(value).reason();
    }

    private UndecodableRecordException failure(byte @Nullable [] value) {
        return catchThrowableOfType(UndecodableRecordException.class, () -> decoder.decode(value));
    }

    private byte[] written(int id, Schema schema, GenericRecord record) throws Exception {
        server.put(id, JsonNodeFactory.instance.objectNode().put("schema", schema.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(WireFormat.header(id));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
