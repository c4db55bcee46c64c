package io.freshet.ingest;

import io.freshet.ingest.Routed.Admitted;
import io.freshet.ingest.Routed.Onward;
import io.freshet.ingest.Routed.Rejected;
import io.freshet.ingest.Routed.Unlabelled;
import io.freshet.ingest.admission.AdmissionPolicy;
import io.freshet.ingest.admission.Fingerprint;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
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
 * id stood for, by the side its text is on. Where labels may come by themselves, a step between the last two joins examples
 * with {@code labels}, and with {@code predictions} on those that wait in {@code examples.unlabelled}.
 *
 * <p>The second step and the join need all records of an id in one task, the third all records of a text. Examples, labels
 * and answers take the same way to the join, so that none of them overtakes the others by more than the log says. With one store partition
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
    private final Decoders decoders;
    private final Serde<LabeledExample> exampleSerde;
    private final Serde<RejectedExample> rejectedSerde;
    private final StoreBuilder<?> admitCounts = Tally.store(AdmitProcessor.COUNTS);

    IngestTopology(IngestConfig config, SchemaRegistry registry) {
        this.config = config;
        this.decoders = Decoders.of(registry);
        this.exampleSerde = AvroSerde.of(LabeledExample.class, registry);
        this.rejectedSerde = AvroSerde.of(RejectedExample.class, registry);
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        AdmissionPolicy policy = new AdmissionPolicy(config.limits());
        KStream<String, Incoming> incoming = examples(builder, policy);
        if (config.waitsForLabels()) {
            incoming = incoming.merge(labels(builder, policy), Named.as("with-labels"))
                    .merge(answers(builder), Named.as("with-answers"));
        }
        KStream<String, Incoming> byId = config.singleTask() ? incoming : through(incoming, BY_ID);
        KStream<String, Incoming> ready =
                config.waitsForLabels() ? joined(byId) : single(candidates(byId, "candidates"));
        KStream<String, Candidate> toSplit = candidates(
                config.storePartitions() == 1
                        ? ready
                        : through(
                                ready.selectKey(
                                        (id, c) -> Fingerprint.ofText(((Candidate) c).example()),
                                        Named.as("key-" + BY_TEXT)),
                                BY_TEXT),
                "placed");
        KStream<String, Routed> placed = toSplit.process(
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

    private KStream<String, Incoming> examples(StreamsBuilder builder, AdmissionPolicy policy) {
        return onward(
                read(builder, Topic.EXAMPLES, "read-examples")
                        .process(
                                step(
                                        () -> new AdmitProcessor(
                                                decoders.examples(),
                                                exampleSerde.serializer(),
                                                policy,
                                                config.recordMaxBytes()),
                                        admitCounts),
                                Named.as("admit")),
                "admit");
    }

    private KStream<String, Incoming> labels(StreamsBuilder builder, AdmissionPolicy policy) {
        return onward(
                read(builder, Topic.LABELS, "read-labels")
                        .process(
                                step(
                                        () -> new LabelAdmitProcessor(
                                                decoders.labels(), policy, config.recordMaxBytes()),
                                        admitCounts),
                                Named.as("admit-labels")),
                "labels");
    }

    private KStream<String, Incoming> answers(StreamsBuilder builder) {
        return onward(
                read(builder, Topic.PREDICTIONS, "read-predictions")
                        .process(
                                step(() -> new AnswerProcessor(decoders.predictions()), admitCounts),
                                Named.as("admit-answers")),
                "answers");
    }

    private KStream<byte[], byte[]> read(StreamsBuilder builder, Topic topic, String name) {
        return builder.stream(
                topic(topic),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name));
    }

    /** Drops repeated examples. */
    private KStream<String, Incoming> single(KStream<String, Candidate> candidates) {
        return onward(
                candidates.process(
                        step(
                                () -> new DuplicateProcessor(config.duplicateWindow()),
                                Tally.store(DuplicateProcessor.COUNTS),
                                DuplicateProcessor.ids(config.duplicateWindow())),
                        Named.as("drop-duplicates")),
                "duplicates");
    }

    /** Drops repeated examples, and joins the rest with labels and answers. Examples without a label wait. */
    private KStream<String, Incoming> joined(KStream<String, Incoming> byId) {
        KStream<String, Incoming> others =
                byId.filterNot((id, incoming) -> incoming instanceof Candidate, Named.as("only-labels"));
        KStream<String, Routed> routed = single(candidates(byId, "candidates"))
                .merge(others, Named.as("to-join"))
                .process(
                        step(
                                () -> new JoinProcessor(
                                        decoders,
                                        exampleSerde.serializer(),
                                        topic(Topic.EXAMPLES),
                                        config.labelsWait()),
                                Tally.store(JoinProcessor.COUNTS),
                                HeldStore.ids(),
                                HeldStore.due()),
                        Named.as("join-labels"));
        routed.filter((id, r) -> r instanceof Unlabelled, Named.as("only-unlabelled"))
                .mapValues(r -> ((Unlabelled) r).candidate().value().get(), Named.as("original-unlabelled"))
                .to(
                        topic(Topic.UNLABELLED),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("write-unlabelled"));
        return onward(routed, "joined");
    }

    private static KStream<String, Candidate> candidates(KStream<String, Incoming> incoming, String name) {
        return incoming.filter((id, i) -> i instanceof Candidate, Named.as("only-" + name))
                .mapValues(i -> (Candidate) i, Named.as("as-" + name));
    }

    /** Writes what the step {@code name} rejected, and returns what goes on. */
    private KStream<String, Incoming> onward(KStream<String, Routed> routed, String name) {
        writeRejected(routed, name);
        return routed.filter((id, r) -> r instanceof Onward, Named.as("keep-" + name))
                .mapValues(r -> ((Onward) r).incoming(), Named.as("unwrap-" + name));
    }

    private KStream<String, Incoming> through(KStream<String, Incoming> incoming, String repartition) {
        return incoming.repartition(Repartitioned.<String, Incoming>as(repartition)
                .withKeySerde(Serdes.String())
                .withValueSerde(IncomingSerde.of(decoders))
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
