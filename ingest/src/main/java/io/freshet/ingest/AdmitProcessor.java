package io.freshet.ingest;

import io.freshet.ingest.admission.AdmissionPolicy;
import io.freshet.ingest.admission.Rejection;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads a record and judges it by itself. What goes on is keyed by the example's id, whatever key the producer gave. */
final class AdmitProcessor extends ContextualProcessor<byte[], byte[], String, Routed> {

    static final String COUNTS = "counts-admit";

    private final RecordDecoder<LabeledExample> decoder;
    private final Serializer<LabeledExample> serializer;
    private final AdmissionPolicy policy;
    private final int maxBytes;
    private Tally tally;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    AdmitProcessor(
            RecordDecoder<LabeledExample> decoder,
            Serializer<LabeledExample> serializer,
            AdmissionPolicy policy,
            int maxBytes) {
        this.decoder = decoder;
        this.serializer = serializer;
        this.policy = policy;
        this.maxBytes = maxBytes;
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        super.init(context);
        tally = new Tally(context.getStateStore(COUNTS));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        Origin origin = new Origin(metadata.topic(), metadata.partition(), metadata.offset());
        byte[] value = record.value();
        if (value != null && value.length > maxBytes) {
            reject(
                    record,
                    RejectedRecords.tooLarge(origin, value, maxBytes, record.timestamp()),
                    RejectionReason.RECORD_TOO_LARGE);
            return;
        }
        LabeledExample example;
        try {
            example = decoder.decode(value);
        } catch (UndecodableRecordException e) {
            Rejection rejection = new Rejection(e.reason(), String.valueOf(e.getMessage()));
            byte[] original = value == null ? new byte[0] : value;
            reject(record, RejectedRecords.of(origin, original, rejection, null, record.timestamp()), e.reason());
            return;
        }
        Candidate candidate = candidate(origin, value, example);
        Optional<Rejection> rejection = policy.judge(example, Instant.ofEpochMilli(record.timestamp()));
        if (rejection.isPresent()) {
            reject(
                    record,
                    RejectedRecords.of(candidate, rejection.get(), record.timestamp()),
                    rejection.get().reason());
        } else {
            context().forward(record.withKey(example.getId()).withValue(new Routed.Onward(candidate)));
        }
    }

    /** Only ingest says what is a correction. */
    private Candidate candidate(Origin origin, byte[] value, LabeledExample example) {
        if (!example.getCorrection()) {
            return new Candidate(origin, Bytes.wrap(value), example);
        }
        LabeledExample plain =
                LabeledExample.newBuilder(example).setCorrection(false).build();
        return new Candidate(origin, Bytes.wrap(serializer.serialize(origin.topic(), plain)), plain);
    }

    private void reject(Record<byte[], byte[]> record, RejectedExample rejected, RejectionReason reason) {
        tally.countRejected(reason);
        context().forward(record.withKey(RejectedRecords.key(rejected)).withValue(new Routed.Rejected(rejected)));
    }
}
