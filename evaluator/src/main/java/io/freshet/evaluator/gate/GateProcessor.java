package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one {@link Gate} from Kafka Streams and forwards what it says under the key of each record's topic. */
final class GateProcessor implements Processor<String, GateEvent, String, SpecificRecord> {

    /** How long the gate waits for more before it says that a trial is out of examples. */
    static final Duration QUIET = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(GateProcessor.class);

    private final String modelName;
    private final GatePolicy policy;
    private final long evaluationEvery;
    private final CommandCheck check;
    private @Nullable ProcessorContext<String, SpecificRecord> context;
    private @Nullable Gate gate;
    private long time;

    GateProcessor(String modelName, GatePolicy policy, long evaluationEvery, CommandCheck check) {
        this.modelName = modelName;
        this.policy = policy;
        this.evaluationEvery = evaluationEvery;
        this.check = check;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        GateState state = new GateState(
                new RememberingTable<>(new StoreTable<>(context.getStateStore(GateTopology.MANIFESTS))),
                new RememberingTable<>(new StoreTable<>(context.getStateStore(GateTopology.TRIALS))),
                new StoreTable<>(context.getStateStore(GateTopology.SCORES)),
                new StoreTable<>(context.getStateStore(GateTopology.COUNTERS)));
        Gate created = new Gate(policy, evaluationEvery, check, state, this::forward);
        gate = created;
        context.schedule(QUIET, PunctuationType.WALL_CLOCK_TIME, now -> {
            time = Math.max(time, context.currentStreamTimeMs());
            created.idle(Instant.ofEpochMilli(time));
        });
    }

    @Override
    public void process(Record<String, GateEvent> record) {
        Gate current = gate;
        if (current == null) {
            throw new IllegalStateException("a record came before init");
        }
        time = record.timestamp();
        Instant instant = Instant.ofEpochMilli(time);
        GateEvent event = record.value();
        if (event instanceof GateEvent.Published published) {
            current.checkpoint(published.manifest(), instant);
        } else if (event instanceof GateEvent.Arrived arrived) {
            current.arrived(arrived.partition(), arrived.offset());
        } else if (event instanceof GateEvent.Scored scored) {
            current.scored(scored.score(), instant);
        } else if (event instanceof GateEvent.Commanded commanded) {
            current.commanded(commanded.command(), instant);
        } else if (event instanceof GateEvent.Garbled garbled) {
            current.garbled(garbled.what(), instant);
        }
    }

    private void forward(SpecificRecord said) {
        if (context == null) {
            throw new IllegalStateException("the gate spoke before init");
        }
        context.forward(new Record<>(key(said), said, time));
    }

    private String key(SpecificRecord said) {
        if (said instanceof Trial trial) {
            LOG.info(
                    "Trial {} {}{}: {} against {}",
                    trial.getId(),
                    trial.getState(),
                    trial.getOutcome() == null ? "" : " as " + trial.getOutcome(),
                    trial.getCandidate(),
                    trial.getChampion());
            return trial.getId();
        }
        if (said instanceof ChampionUpdate update) {
            LOG.info("Champion {} is {} ({})", update.getSequence(), update.getCheckpoint(), update.getReason());
            return modelName;
        }
        if (said instanceof Decision decision) {
            LOG.info("{} ({}): {}", decision.getKind(), decision.getReason(), decision.getDetail());
            String command = decision.getCommand() == null ? decision.getKind() : decision.getCommand();
            return decision.getCheckpoint() == null ? command : decision.getCheckpoint();
        }
        return said instanceof Pair pair ? pair.getTrial() : ((Evaluation) said).getTrial();
    }
}
