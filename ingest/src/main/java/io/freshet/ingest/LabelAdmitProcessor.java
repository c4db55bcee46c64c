package io.freshet.ingest;

import io.freshet.ingest.admission.AdmissionPolicy;
import io.freshet.ingest.admission.Rejection;
import io.freshet.schemas.Label;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Reads a label and judges it by itself. What goes on is keyed by the example's id, whatever key the producer gave. */
final class LabelAdmitProcessor extends ContextualProcessor<byte[], byte[], String, Routed> {

    private final RecordDecoder<Label> decoder;
    private final AdmissionPolicy policy;
    private final int maxBytes;
    private Tally tally;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    LabelAdmitProcessor(RecordDecoder<Label> decoder, AdmissionPolicy policy, int maxBytes) {
        this.decoder = decoder;
        this.policy = policy;
        this.maxBytes = maxBytes;
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
        byte @Nullable [] value = record.value();
        if (value != null && value.length > maxBytes) {
            reject(record, RejectedRecords.tooLarge(origin, value, maxBytes, record.timestamp()));
            return;
        }
        Label label;
        try {
            label = decoder.decode(value);
        } catch (UndecodableRecordException e) {
            Rejection rejection = new Rejection(e.reason(), String.valueOf(e.getMessage()));
            byte[] original = value == null ? new byte[0] : value;
            reject(record, RejectedRecords.of(origin, original, rejection, null, record.timestamp()));
            return;
        }
        Optional<Rejection> rejection = policy.judge(label, Instant.ofEpochMilli(record.timestamp()));
        if (rejection.isPresent()) {
            reject(
                    record,
                    RejectedRecords.of(origin, record.value(), rejection.get(), label.getId(), record.timestamp()));
        } else {
            Incoming sound = new Incoming.Labelling(origin, Bytes.wrap(record.value()), label);
            context().forward(record.withKey(label.getId()).withValue(new Routed.Onward(sound)));
        }
    }

    private void reject(Record<byte[], byte[]> record, RejectedExample rejected) {
        tally.countRejectedLabel(RejectionReason.of(rejected.getReason()));
        context().forward(record.withKey(RejectedRecords.key(rejected)).withValue(new Routed.Rejected(rejected)));
    }
}
