package io.freshet.ingest;

import io.freshet.ingest.labels.Effect;
import io.freshet.ingest.labels.GivenLabel;
import io.freshet.ingest.labels.IdleClock;
import io.freshet.ingest.labels.LabelJoin;
import io.freshet.ingest.labels.Standing;
import io.freshet.ingest.labels.Step;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Joins examples with their labels, corrects those that went on, and lets go of what waited too long. Time is that of the
 * records, as the broker stamped them; only while no record comes does it run on with the wall clock.
 */
final class JoinProcessor extends ContextualProcessor<String, Incoming, String, Routed> {

    static final String COUNTS = "counts-labels";

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Decoders decoders;
    private final Serializer<LabeledExample> serializer;
    private final String examplesTopic;
    private final long waitMillis;
    private final IdleClock clock = new IdleClock();
    private HeldStore store;
    private LabelTally tally;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    JoinProcessor(
            Decoders decoders, Serializer<LabeledExample> serializer, String examplesTopic, Duration longestWait) {
        this.decoders = decoders;
        this.serializer = serializer;
        this.examplesTopic = examplesTopic;
        this.waitMillis = longestWait.toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        super.init(context);
        store = new HeldStore(context);
        tally = new LabelTally(new Tally(context.getStateStore(COUNTS)));
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::letGo);
        context.schedule(
                SWEEP, PunctuationType.WALL_CLOCK_TIME, wall -> letGo(clock.now(context.currentStreamTimeMs(), wall)));
    }

    @Override
    public void process(Record<String, Incoming> record) {
        Incoming incoming = record.value();
        String id = incoming.id();
        @Nullable Held held = store.get(id);
        if (held != null && held.deadline() < context().currentStreamTimeMs()) {
            letGo(id, held);
            held = null;
        }
        Step step = judge(held == null ? null : held.standing(), incoming, record.timestamp());
        for (Effect effect : step.effects()) {
            tally.count(effect);
            follow(effect, held, incoming, record);
        }
        if (step.next() != null && (held == null || !step.next().equals(held.standing()))) {
            store.replace(id, held, next(step.next(), held, incoming));
        }
    }

    private Held next(Standing standing, @Nullable Held before, Incoming incoming) {
        boolean goesOn = before != null && before.standing().since() == standing.since();
        return new Held(
                standing,
                placed(standing, before, incoming),
                goesOn && before != null ? before.deadline() : standing.since() + waitMillis);
    }

    private static Step judge(@Nullable Standing before, Incoming incoming, long time) {
        if (incoming instanceof Candidate candidate) {
            return LabelJoin.example(before, candidate.example().getLabel(), time);
        }
        if (incoming instanceof Incoming.Labelling labelling) {
            return LabelJoin.label(before, given(labelling), time);
        }
        Incoming.Answer answer = (Incoming.Answer) incoming;
        return LabelJoin.answer(before, new Standing.Guess(answer.prediction().getPredicted()));
    }

    private static GivenLabel given(Incoming.Labelling labelling) {
        return new GivenLabel(
                labelling.label().getLabel(), labelling.label().getTime().toEpochMilli());
    }

    /** Returns the record that stands for the id from now on: the example; before it, the label that holds. */
    private static Placed placed(Standing next, @Nullable Held held, Incoming incoming) {
        boolean arrived = next instanceof Standing.Early early
                ? incoming instanceof Incoming.Labelling labelling
                        && given(labelling).equals(early.label())
                : incoming instanceof Candidate;
        return arrived || held == null ? Placed.of(incoming) : held.record();
    }

    private void follow(Effect effect, @Nullable Held held, Incoming incoming, Record<String, Incoming> record) {
        if (effect instanceof Effect.Await && incoming instanceof Candidate candidate) {
            context().forward(record.withValue(new Routed.Unlabelled(candidate)));
        } else if (effect instanceof Effect.Admit) {
            context().forward(record.withValue(new Routed.Onward(incoming)));
        } else if (effect instanceof Effect.Join join) {
            context().forward(record.withValue(relabelled(held, incoming, join.label(), false)));
        } else if (effect instanceof Effect.Correct correct) {
            context().forward(record.withValue(relabelled(held, incoming, correct.label(), true)));
        } else if (effect instanceof Effect.ExpireExample && held != null) {
            expire(incoming.id(), held);
        }
    }

    private Routed relabelled(@Nullable Held held, Incoming incoming, String label, boolean correction) {
        Candidate candidate =
                incoming instanceof Candidate || held == null ? (Candidate) incoming : decoded(held.record());
        LabeledExample example = LabeledExample.newBuilder(candidate.example())
                .setLabel(label)
                .setCorrection(correction)
                .build();
        Bytes value = Bytes.wrap(serializer.serialize(examplesTopic, example));
        return new Routed.Onward(new Candidate(candidate.origin(), value, example));
    }

    private Candidate decoded(Placed placed) {
        try {
            return decoders.candidate(placed);
        } catch (UndecodableRecordException e) {
            throw new SerializationException(
                    "%s was readable before and is not any more".formatted(placed.origin()), e);
        }
    }

    private void letGo(long now) {
        for (List<String> over = store.over(now); !over.isEmpty(); over = store.over(now)) {
            for (String id : over) {
                @Nullable Held held = store.get(id);
                if (held == null) {
                    throw new IllegalStateException("id '%s' is in store %s, but not in %s; reset the application"
                            .formatted(id, HeldStore.DUE, HeldStore.IDS));
                }
                letGo(id, held);
            }
        }
    }

    private void letGo(String id, Held held) {
        for (Effect effect : LabelJoin.over(held.standing()).effects()) {
            tally.count(effect);
            expire(id, held);
        }
        store.replace(id, held, null);
    }

    private void expire(String id, Held held) {
        Routed rejected = new Routed.Rejected(RejectedRecords.expired(id, held));
        context().forward(new Record<>(id, rejected, held.deadline()));
    }
}
