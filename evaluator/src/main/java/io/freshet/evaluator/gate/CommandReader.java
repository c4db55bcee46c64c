package io.freshet.evaluator.gate;

import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes of the topic {@code control} into commands, and whatever else stands there into words about it. */
final class CommandReader extends ContextualProcessor<byte[], byte[], String, GateEvent> {

    private static final String KEY = "command";

    private final RecordDecoder<ControlCommand> decoder;

    CommandReader(RecordDecoder<ControlCommand> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        context().forward(record.withKey(KEY).withValue(read(record.value())));
    }

    private GateEvent read(byte[] value) {
        try {
            return new GateEvent.Commanded(decoder.decode(value));
        } catch (UndecodableRecordException e) {
            String where = context()
                    .recordMetadata()
                    .map(at -> "%s-%d at offset %d".formatted(at.topic(), at.partition(), at.offset()))
                    .orElse("the topic of commands");
            return new GateEvent.Garbled("the record of %s is no command: %s".formatted(where, e.getMessage()));
        }
    }
}
