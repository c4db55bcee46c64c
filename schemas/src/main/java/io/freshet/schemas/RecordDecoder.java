package io.freshet.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes in Confluent's wire format into a record, telling apart why it cannot. Thread-safe.
 *
 * @param <T> generated class of the record
 */
public final class RecordDecoder<T extends SpecificRecord> {

    static {
        TrustedClasses.install();
    }

    private final Schema readerSchema;
    private final SpecificData data;
    private final SchemaRegistry registry;
    private final ConcurrentMap<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

    private RecordDecoder(Class<T> type, SchemaRegistry registry) {
        this.data = SpecificData.getForClass(type);
        this.readerSchema = data.getSchema(type);
        this.registry = registry;
    }

    public static <T extends SpecificRecord> RecordDecoder<T> of(Class<T> type, SchemaRegistry registry) {
        return new RecordDecoder<>(type, registry);
    }

    /**
     * Decodes one record.
     *
     * @param value null (a tombstone) is not a record
     * @throws UndecodableRecordException if the bytes are at fault; decoding them again gives the same
     * @throws RegistryUnavailableException if the schema cannot be asked for now; the bytes may be good
     */
    public T decode(byte @Nullable [] value) throws UndecodableRecordException {
        byte[] framed = framed(value);
        int id = WireFormat.schemaId(framed);
        DatumReader<T> reader = reader(id);
        BinaryDecoder body = DecoderFactory.get()
                .binaryDecoder(framed, WireFormat.HEADER_BYTES, framed.length - WireFormat.HEADER_BYTES, null);
        try {
            T record = reader.read(null, body);
            if (!body.isEnd()) {
                throw undecodable(RejectionReason.NOT_AVRO, id, "bytes are left over behind the record", null);
            }
            return record;
        } catch (EOFException e) {
            String detail = "the value ends after %d bytes, inside the record".formatted(framed.length);
            throw undecodable(RejectionReason.TRUNCATED, id, detail, e);
        } catch (AvroTypeException e) {
            throw undecodable(RejectionReason.SCHEMA_INCOMPATIBLE, id, String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException e) { // Avro reports malformed bytes by whatever they lead it into
            throw undecodable(RejectionReason.NOT_AVRO, id, "the bytes do not follow the schema: " + e, e);
        }
    }

    private static byte[] framed(byte @Nullable [] value) throws UndecodableRecordException {
        if (value == null || value.length == 0 || value[0] != WireFormat.MAGIC) {
            String found = value == null ? "null" : value.length == 0 ? "empty" : "0x%02x".formatted(value[0]);
            throw new UndecodableRecordException(
                    RejectionReason.NOT_AVRO,
                    "the value begins with %s instead of the byte 0x00 of Confluent's wire format; use an Avro serializer with a schema registry"
                            .formatted(found),
                    null);
        }
        if (value.length < WireFormat.HEADER_BYTES) {
            throw new UndecodableRecordException(
                    RejectionReason.TRUNCATED,
                    "the value ends after %d bytes, inside the schema id".formatted(value.length),
                    null);
        }
        return value;
    }

    private DatumReader<T> reader(int id) throws UndecodableRecordException {
        DatumReader<T> known = readers.get(id);
        if (known != null) {
            return known;
        }
        DatumReader<T> reader = new SpecificDatumReader<>(writerSchema(id), readerSchema, data);
        readers.put(id, reader);
        return reader;
    }

    private Schema writerSchema(int id) throws UndecodableRecordException {
        Schema writer;
        try {
            writer = registry.byId(id);
        } catch (UnknownSchemaException e) {
            throw undecodable(RejectionReason.SCHEMA_UNKNOWN, id, String.valueOf(e.getMessage()), e);
        } catch (UnusableSchemaException e) {
            throw undecodable(RejectionReason.SCHEMA_INCOMPATIBLE, id, String.valueOf(e.getMessage()), e);
        }
        SchemaPairCompatibility answer = SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writer);
        if (answer.getType() != SchemaCompatibilityType.COMPATIBLE) {
            String detail = "%s cannot be read as %s: %s"
                    .formatted(
                            writer.getFullName(),
                            readerSchema.getFullName(),
                            answer.getResult().getIncompatibilities());
            throw undecodable(RejectionReason.SCHEMA_INCOMPATIBLE, id, detail, null);
        }
        return writer;
    }

    private static UndecodableRecordException undecodable(
            RejectionReason reason, int id, String detail, @Nullable Throwable cause) {
        return new UndecodableRecordException(reason, "schema id %d: %s".formatted(id, detail), cause);
    }
}
