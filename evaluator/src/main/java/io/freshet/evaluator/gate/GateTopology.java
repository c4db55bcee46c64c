package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.Trial;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Checkpoints, scores, arrivals of held-out examples and commands into trials, pairs, evaluations, champions and decisions. All of it that decides
 * is one task: its topics have one partition, and the held-out topic's arrivals are brought into one, as their offsets only.
 */
final class GateTopology {

    static final String MANIFESTS = "manifests";
    static final String TRIALS = "trials";
    static final String SCORES = "scores";
    static final String COUNTERS = "counters";

    private final String modelName;
    private final GatePolicy policy;
    private final long evaluationEvery;
    private final CommandCheck check;
    private final SchemaRegistry registry;

    GateTopology(
            String modelName, GatePolicy policy, long evaluationEvery, CommandCheck check, SchemaRegistry registry) {
        this.modelName = modelName;
        this.policy = policy;
        this.evaluationEvery = evaluationEvery;
        this.check = check;
        this.registry = registry;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(store(MANIFESTS, AvroSerde.of(CheckpointManifest.class, registry)));
        builder.addStateStore(store(TRIALS, AvroSerde.of(Trial.class, registry)));
        builder.addStateStore(store(SCORES, AvroSerde.of(ExampleScore.class, registry)));
        builder.addStateStore(store(COUNTERS, LongsSerde.create()).withCachingEnabled());
        KStream<String, SpecificRecord> said = checkpoints(builder)
                .merge(scores(builder))
                .merge(arrivals(builder))
                .merge(commands(builder))
                .process(
                        () -> new GateProcessor(modelName, policy, evaluationEvery, check),
                        MANIFESTS,
                        TRIALS,
                        SCORES,
                        COUNTERS);
        publish(said, Trial.class, Topic.TRIALS);
        publish(said, Pair.class, Topic.PAIRS);
        publish(said, Evaluation.class, Topic.EVALUATIONS);
        publish(said, ChampionUpdate.class, Topic.CHAMPIONS);
        publish(said, Decision.class, Topic.DECISIONS);
        return builder.build();
    }

    private KStream<String, GateEvent> checkpoints(StreamsBuilder builder) {
        Serde<CheckpointManifest> serde = AvroSerde.of(CheckpointManifest.class, registry);
        return builder.stream(Topic.CHECKPOINTS.of(modelName), Consumed.with(Serdes.String(), serde))
                .mapValues(manifest -> new GateEvent.Published(manifest));
    }

    private KStream<String, GateEvent> scores(StreamsBuilder builder) {
        Serde<ExampleScore> serde = AvroSerde.of(ExampleScore.class, registry);
        return builder.stream(Topic.SCORES.of(modelName), Consumed.with(Serdes.String(), serde))
                .mapValues(score -> new GateEvent.Scored(score));
    }

    private KStream<String, GateEvent> arrivals(StreamsBuilder builder) {
        return builder.stream(Topic.HELD_OUT.of(modelName), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(Positions::new)
                .repartition(Repartitioned.<String, long[]>as("arrivals")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(LongsSerde.create())
                        .withNumberOfPartitions(1))
                .mapValues(position -> new GateEvent.Arrived((int) position[0], position[1]));
    }

    /** Anybody may write to the topic: what is no command is answered, not stumbled over. */
    private KStream<String, GateEvent> commands(StreamsBuilder builder) {
        RecordDecoder<ControlCommand> decoder = RecordDecoder.of(ControlCommand.class, registry);
        return builder.stream(Topic.CONTROL.of(modelName), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(() -> new CommandReader(decoder));
    }

    private <T extends SpecificRecord> void publish(KStream<String, SpecificRecord> said, Class<T> type, Topic topic) {
        said.filter((key, record) -> type.isInstance(record))
                .mapValues(type::cast)
                .to(topic.of(modelName), Produced.with(Serdes.String(), AvroSerde.of(type, registry)));
    }

    /** The state is that of one trial, a few thousand records: memory holds it, the changelog keeps it. */
    private static <V> StoreBuilder<?> store(String name, Serde<V> serde) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), serde)
                .withLoggingEnabled(Map.of());
    }

    /** Replaces a held-out example by where it stands. */
    private static final class Positions extends ContextualProcessor<byte[], byte[], String, long[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            context()
                    .recordMetadata()
                    .ifPresent(position -> context()
                            .forward(record.withKey(Integer.toString(position.partition()))
                                    .withValue(new long[] {position.partition(), position.offset()})));
        }
    }
}
