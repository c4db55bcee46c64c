package io.freshet.ingest;

import io.freshet.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What comes in, on its way through an internal topic: a byte that says what it is (1 an example, 2 a label, 3 an answer),
 * then its place and the original bytes as {@link Placed} has them. What the value says is decoded again.
 */
final class IncomingSerde {

    private static final byte EXAMPLE = 1;
    private static final byte LABEL = 2;
    private static final byte ANSWER = 3;

    private IncomingSerde() {}

    static Serde<Incoming> of(Decoders decoders) {
        return Serdes.serdeFrom(
                (topic, incoming) -> incoming == null ? null : write(incoming),
                (topic, bytes) -> bytes == null ? null : read(bytes, decoders));
    }

    private static byte[] write(Incoming incoming) {
        byte kind = incoming instanceof Candidate ? EXAMPLE : incoming instanceof Incoming.Labelling ? LABEL : ANSWER;
        return Placed.of(incoming).behind(new byte[] {kind});
    }

    private static Incoming read(byte[] bytes, Decoders decoders) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte kind = in.get();
        Placed placed = Placed.read(in);
        try {
            return switch (kind) {
                case EXAMPLE -> decoders.candidate(placed);
                case LABEL ->
                    new Incoming.Labelling(
                            placed.origin(),
                            placed.value(),
                            decoders.labels().decode(placed.value().get()));
                case ANSWER ->
                    new Incoming.Answer(
                            placed.origin(),
                            placed.value(),
                            decoders.predictions().decode(placed.value().get()));
                default ->
                    throw new SerializationException(
                            "an internal record is of kind %d, which this release does not know; run one release of ingest at a time, or reset its application"
                                    .formatted(kind));
            };
        } catch (UndecodableRecordException e) {
            throw new SerializationException(
                    "%s was readable before and is not any more".formatted(placed.origin()), e);
        }
    }
}
