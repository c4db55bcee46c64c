package io.freshet.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes of record values in Confluent's wire format. The subject is the topic's name followed by {@code -value}; the
 * schema is registered there when the first record is written.
 */
public final class AvroSerde {

    static {
        TrustedClasses.install();
    }

    private AvroSerde() {}

    /**
     * Returns a thread-safe serde of {@code type}. Null stands for a tombstone both ways. Its deserializer throws
     * {@link SerializationException} where {@link RecordDecoder} would throw {@link UndecodableRecordException}, which
     * is then the cause.
     */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type, SchemaRegistry registry) {
        return Serdes.serdeFrom(serializer(type, registry), deserializer(type, registry));
    }

    private static <T extends SpecificRecord> Serializer<T> serializer(Class<T> type, SchemaRegistry registry) {
        SpecificData data = SpecificData.getForClass(type);
        Schema schema = data.getSchema(type);
        DatumWriter<T> writer = new SpecificDatumWriter<>(schema, data);
        return (topic, record) -> record == null ? null : encode(registry, topic, schema, writer, record);
    }

    private static <T extends SpecificRecord> byte[] encode(
            SchemaRegistry registry, String topic, Schema schema, DatumWriter<T> writer, T record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try {
            out.write(WireFormat.header(registry.register(topic + "-value", schema)));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new SerializationException("a %s cannot be written to %s".formatted(schema.getName(), topic), e);
        }
    }

    private static <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type, SchemaRegistry registry) {
        RecordDecoder<T> decoder = RecordDecoder.of(type, registry);
        return (topic, value) -> {
            if (value == null) {
                return null;
            }
            try {
                return decoder.decode(value);
            } catch (UndecodableRecordException e) {
                throw new SerializationException(
                        "a record of %s is not a readable %s: %s"
                                .formatted(topic, type.getSimpleName(), e.getMessage()),
                        e);
            }
        };
    }
}
