package io.freshet.ingest;

import io.freshet.ingest.Routed.Admitted;
import io.freshet.ingest.Routed.Onward;
import io.freshet.ingest.Routed.Rejected;
import io.freshet.ingest.admission.AdmissionPolicy;
import io.freshet.ingest.admission.Fingerprint;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.split.Side;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * {@code examples → examples.train | examples.heldout | examples.rejected} in three steps: judged by itself, by what its
 * id stood for, by the side its text is on.
 *
 * <p>The second step needs all records of an id in one task, the third all records of a text. With one store partition
 * both are one task behind one repartition, and the order of that repartition is the order of the output; where
 * {@code examples} has one partition too there is no repartition at all. With more, each step has a repartition of its own.
 *
 * <p>Wiring only: decisions are in {@code admission}. Every node is named, so that internal topics keep their names when
 * the topology is edited.
 */
final class IngestTopology {

    static final String BY_ID = "by-id";
    static final String BY_TEXT = "by-text";

    private final IngestConfig config;
    private final RecordDecoder<LabeledExample> decoder;
    private final Serde<RejectedExample> rejectedSerde;

    IngestTopology(IngestConfig config, SchemaRegistry registry) {
        this.config = config;
        this.decoder = RecordDecoder.of(LabeledExample.class, registry);
        this.rejectedSerde = AvroSerde.of(RejectedExample.class, registry);
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        AdmissionPolicy policy = new AdmissionPolicy(config.limits());
        KStream<String, Routed> judged = builder.stream(
                        topic(Topic.EXAMPLES),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-examples"))
                .process(
                        step(
                                () -> new AdmitProcessor(decoder, policy, config.recordMaxBytes()),
                                Tally.store(AdmitProcessor.COUNTS)),
                        Named.as("admit"));
        KStream<String, Routed> single = onward(judged, "admit", config.singleTask() ? "" : BY_ID)
                .process(
                        step(
                                () -> new DuplicateProcessor(config.duplicateWindow()),
                                Tally.store(DuplicateProcessor.COUNTS),
                                DuplicateProcessor.ids(config.duplicateWindow())),
                        Named.as("drop-duplicates"));
        KStream<String, Routed> placed = onward(single, "duplicates", config.storePartitions() == 1 ? "" : BY_TEXT)
                .process(
                        step(
                                () -> new SplitProcessor(config.split()),
                                Tally.store(SplitProcessor.COUNTS),
                                SplitProcessor.texts()),
                        Named.as("split"));
        writeRejected(placed, "split");
        writeAdmitted(placed, Side.TRAIN, Topic.TRAIN);
        writeAdmitted(placed, Side.HELD_OUT, Topic.HELD_OUT);
        return builder.build();
    }

    /** Writes what the step {@code name} rejected, and returns the rest, by way of the internal topic unless that is "". */
    private KStream<String, Candidate> onward(KStream<String, Routed> routed, String name, String repartition) {
        writeRejected(routed, name);
        KStream<String, Candidate> candidates = routed.filter((id, r) -> r instanceof Onward, Named.as("keep-" + name))
                .mapValues(r -> ((Onward) r).candidate(), Named.as("unwrap-" + name));
        if (repartition.isEmpty()) {
            return candidates;
        }
        KStream<String, Candidate> keyed = repartition.equals(BY_TEXT)
                ? candidates.selectKey((id, c) -> Fingerprint.ofText(c.example()), Named.as("key-" + repartition))
                : candidates;
        return keyed.repartition(Repartitioned.<String, Candidate>as(repartition)
                .withKeySerde(Serdes.String())
                .withValueSerde(CandidateSerde.of(decoder))
                .withNumberOfPartitions(config.storePartitions()));
    }

    private void writeRejected(KStream<String, Routed> routed, String name) {
        routed.filter((id, r) -> r instanceof Rejected, Named.as("rejected-" + name))
                .mapValues(r -> ((Rejected) r).record(), Named.as("describe-" + name))
                .to(
                        topic(Topic.REJECTED),
                        Produced.with(Serdes.String(), rejectedSerde).withName("write-rejected-" + name));
    }

    private void writeAdmitted(KStream<String, Routed> routed, Side side, Topic topic) {
        routed.filter((id, r) -> r instanceof Admitted a && a.side() == side, Named.as("only-" + side))
                .mapValues(r -> ((Admitted) r).candidate().value().get(), Named.as("original-" + side))
                .to(
                        topic(topic),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("write-" + side));
    }

    private String topic(Topic topic) {
        return topic.of(config.modelName());
    }

    private static <K, V> ProcessorSupplier<K, V, String, Routed> step(
            Supplier<Processor<K, V, String, Routed>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, String, Routed> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(stores);
            }
        };
    }
}
