package io.freshet.ingest;

import io.freshet.ingest.labels.GivenLabel;
import io.freshet.ingest.labels.Standing;
import io.freshet.ingest.labels.Standing.Early;
import io.freshet.ingest.labels.Standing.Guess;
import io.freshet.ingest.labels.Standing.Labelled;
import io.freshet.ingest.labels.Standing.Waiting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an id, as bytes:
 *
 * <pre>
 * byte     1 waiting, 2 waiting and answered, 3 early, 4 labelled
 * long     since
 * long     deadline
 * long     time of the label, 0 where there is none
 * string   the label; what the champion answered where the kind is 2
 * string   the label that an answer will be scored on
 * bytes    the record, as {@link Placed} has it
 * </pre>
 *
 * A string is its length in bytes (int, -1 for none) and UTF-8.
 */
final class HeldSerde {

    private static final byte WAITING = 1;
    private static final byte ANSWERED = 2;
    private static final byte EARLY = 3;
    private static final byte LABELLED = 4;

    private HeldSerde() {}

    static Serde<Held> serde() {
        return Serdes.serdeFrom(
                (topic, held) -> held == null ? null : write(held),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    private static byte[] write(Held held) {
        Standing standing = held.standing();
        if (standing instanceof Waiting waiting) {
            Guess guess = waiting.guess();
            byte kind = guess == null ? WAITING : ANSWERED;
            return held.record().behind(head(kind, held, 0, guess == null ? null : guess.label(), null));
        }
        if (standing instanceof Early early) {
            GivenLabel label = early.label();
            return held.record().behind(head(EARLY, held, label.time(), label.label(), null));
        }
        Labelled labelled = (Labelled) standing;
        GivenLabel label = labelled.label();
        return held.record().behind(head(LABELLED, held, label.time(), label.label(), labelled.unscored()));
    }

    private static byte[] head(byte kind, Held held, long time, @Nullable String first, @Nullable String second) {
        byte[] one = first == null ? new byte[0] : first.getBytes(StandardCharsets.UTF_8);
        byte[] two = second == null ? new byte[0] : second.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 3 * Long.BYTES + 2 * Integer.BYTES + one.length + two.length)
                .put(kind)
                .putLong(held.standing().since())
                .putLong(held.deadline())
                .putLong(time)
                .putInt(first == null ? -1 : one.length)
                .put(one)
                .putInt(second == null ? -1 : two.length)
                .put(two)
                .array();
    }

    private static Held read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte kind = in.get();
        long since = in.getLong();
        long deadline = in.getLong();
        long time = in.getLong();
        @Nullable String first = string(in);
        @Nullable String second = string(in);
        Standing standing = switch (kind) {
            case WAITING -> new Waiting(since, null);
            case ANSWERED -> new Waiting(since, new Guess(first));
            case EARLY -> new Early(since, new GivenLabel(present(first), time));
            case LABELLED -> new Labelled(since, new GivenLabel(present(first), time), second);
            default ->
                throw new SerializationException(
                        "the store holds kind %d, which this release does not know; run one release of ingest at a time"
                                .formatted(kind));
        };
        return new Held(standing, Placed.read(in), deadline);
    }

    private static @Nullable String string(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String present(@Nullable String label) {
        if (label == null) {
            throw new SerializationException("the store holds a label without a name");
        }
        return label;
    }
}
