package io.freshet.ingest;

import io.freshet.schemas.Prediction;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads the champion's answers. The scorer writes them; what cannot be read is counted, and nothing more depends on it. */
final class AnswerProcessor extends ContextualProcessor<byte[], byte[], String, Routed> {

    static final String UNREADABLE = "answers.unreadable";

    private final RecordDecoder<Prediction> decoder;
    private Tally tally;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    AnswerProcessor(RecordDecoder<Prediction> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        super.init(context);
        tally = new Tally(context.getStateStore(AdmitProcessor.COUNTS));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        Origin origin = new Origin(metadata.topic(), metadata.partition(), metadata.offset());
        Prediction prediction;
        try {
            prediction = decoder.decode(record.value());
        } catch (UndecodableRecordException e) {
            tally.count(UNREADABLE);
            return;
        }
        Incoming answer = new Incoming.Answer(origin, Bytes.wrap(record.value()), prediction);
        context().forward(record.withKey(answer.id()).withValue(new Routed.Onward(answer)));
    }
}
