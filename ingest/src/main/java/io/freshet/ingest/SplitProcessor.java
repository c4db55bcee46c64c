package io.freshet.ingest;

import io.freshet.ingest.admission.CrossingRule;
import io.freshet.ingest.admission.Fingerprint;
import io.freshet.ingest.admission.Rejection;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.split.HeldOutSplit;
import io.freshet.schemas.split.Side;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Sends each example to its side of the split, and rejects one whose text is on the other side already. The texts are
 * remembered for ever: what was learned from is never forgotten.
 */
final class SplitProcessor extends ContextualProcessor<String, Candidate, String, Routed> {

    static final String COUNTS = "counts-split";
    static final String TEXTS = "texts";

    private final HeldOutSplit split;
    private Tally tally;
    private KeyValueStore<String, String> texts;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    SplitProcessor(HeldOutSplit split) {
        this.split = split;
    }

    /** Side by hash of the normalised text. */
    static StoreBuilder<KeyValueStore<String, String>> texts() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(TEXTS), Serdes.String(), Serdes.String());
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        super.init(context);
        tally = new Tally(context.getStateStore(COUNTS));
        texts = context.getStateStore(TEXTS);
    }

    @Override
    public void process(Record<String, Candidate> record) {
        Candidate candidate = record.value();
        LabeledExample example = candidate.example();
        String text = Fingerprint.ofText(example);
        Side side = split.sideOf(example);
        @Nullable Side earlier = remembered(text);
        Optional<Rejection> rejection = CrossingRule.judge(example, earlier, side);
        // The key may be the text's hash here; downstream everything is keyed by the example's id.
        Record<String, Candidate> keyed = record.withKey(example.getId());
        if (example.getCorrection()) {
            correct(keyed, side, rejection.isPresent());
            return;
        }
        if (rejection.isPresent()) {
            tally.countRejected(rejection.get().reason());
            context()
                    .forward(keyed.withValue(
                            new Routed.Rejected(RejectedRecords.of(candidate, rejection.get(), record.timestamp()))));
            return;
        }
        if (earlier == null) {
            texts.put(text, side.name());
        }
        tally.count(side == Side.TRAIN ? Tally.TRAINED : Tally.HELD_OUT);
        context().forward(keyed.withValue(new Routed.Admitted(candidate, side)));
    }

    /** What was learned from is learned from again with its other label; what is held out was paired, and stays as it was. */
    private void correct(Record<String, Candidate> keyed, Side side, boolean rejectedBefore) {
        if (rejectedBefore) {
            tally.count(Tally.CORRECTED_REJECTED);
        } else if (side == Side.HELD_OUT) {
            tally.count(Tally.CORRECTED_HELD_OUT);
        } else {
            tally.count(Tally.CORRECTED);
            context().forward(keyed.withValue(new Routed.Admitted(keyed.value(), side)));
        }
    }

    private @Nullable Side remembered(String text) {
        String name = texts.get(text);
        return name == null ? null : Side.valueOf(name);
    }
}
