package io.freshet.ingest;

import io.freshet.ingest.admission.DuplicateRule;
import io.freshet.ingest.admission.DuplicateRule.Verdict;
import io.freshet.ingest.admission.Fingerprint;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Drops and counts repeated examples, and rejects those whose id stood for something else. The window counts from the
 * first time an id was admitted, in the time at which the broker appended the records.
 */
final class DuplicateProcessor extends ContextualProcessor<String, Candidate, String, Routed> {

    static final String COUNTS = "counts-duplicates";
    static final String IDS = "ids";

    /** Records of one partition may be behind those of another by so much and still be remembered. */
    private static final Duration SLACK = Duration.ofDays(1);

    private final long windowMillis;
    private Tally tally;
    private WindowStore<String, String> ids;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    DuplicateProcessor(Duration window) {
        this.windowMillis = window.toMillis();
    }

    /** The ids of the window on disk; whole segments of time are dropped when they are over. */
    static StoreBuilder<WindowStore<String, String>> ids(Duration window) {
        Duration retention = window.plus(SLACK);
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(IDS, retention, window, false), Serdes.String(), Serdes.String());
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        super.init(context);
        tally = new Tally(context.getStateStore(COUNTS));
        ids = context.getStateStore(IDS);
    }

    @Override
    public void process(Record<String, Candidate> record) {
        Candidate candidate = record.value();
        String content = Fingerprint.ofContent(candidate.example());
        Verdict verdict = DuplicateRule.judge(candidate.example(), earlier(record), content);
        if (verdict instanceof Verdict.New) {
            ids.put(record.key(), content, record.timestamp());
            context().forward(record.withValue(new Routed.Onward(candidate)));
        } else if (verdict instanceof Verdict.Conflicting conflict) {
            tally.countRejected(conflict.rejection().reason());
            context()
                    .forward(record.withValue(new Routed.Rejected(
                            RejectedRecords.of(candidate, conflict.rejection(), record.timestamp()))));
        } else {
            tally.count(Tally.DUPLICATES);
        }
    }

    /** Looks both ways: another partition's record may have come through earlier and yet been appended later. */
    private @Nullable String earlier(Record<String, Candidate> record) {
        long from = Math.max(0, record.timestamp() - windowMillis);
        long to = record.timestamp() + windowMillis;
        try (WindowStoreIterator<String> found = ids.fetch(record.key(), from, to)) {
            return found.hasNext() ? found.next().value : null;
        }
    }
}
