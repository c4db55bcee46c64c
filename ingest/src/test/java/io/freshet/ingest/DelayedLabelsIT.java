package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels that come late, out of order, twice, differently, or never, through the real service. */
@Timeout(300)
final class DelayedLabelsIT {

    private static final int EVENTS = 4_000;
    private static final int KILLS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private LocalStack stack;

    @BeforeEach
    void startStack() {
        stack = LocalStack.start(directory.resolve("stack"));
    }

    @AfterEach
    void stopStack() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2"})
    void losesNothingAndLearnsNothingTwiceWhenItIsKilledBetweenLateLabels(int partitions, int storePartitions)
            throws Exception {
        Path log = directory.resolve("ingest.log");
        Map<String, String> settings = settings(Duration.ofDays(1));
        settings.put("examples.partitions", "" + partitions);
        settings.put("ingest.store.partitions", "" + storePartitions);
        try (Cluster cluster = new Cluster(stack, "late", settings);
                CountsReader counts = CountsReader.open(cluster.config())) {
            DelayedStream stream = new DelayedStream(EVENTS, 1, cluster::publish, cluster::publish);
            Process process = IngestProcess.start(cluster.settings(), log);
            try {
                Cluster.await(
                        "the topics", PATIENCE, () -> !cluster.keys(Topic.SPLIT).isEmpty());
                List<Runnable> publications = stream.publications();
                for (int part = 0; part <= KILLS; part++) {
                    long before = counts.read().total();
                    publications
                            .subList(
                                    part * publications.size() / (KILLS + 1),
                                    (part + 1) * publications.size() / (KILLS + 1))
                            .forEach(Runnable::run);
                    cluster.flush();
                    Cluster.await("progress", PATIENCE, () -> counts.read().total() > before);
                    if (part < KILLS) {
                        process.destroyForcibly(); // SIGKILL: no hook runs, nothing is closed
                        Cluster.exited(process);
                        process = IngestProcess.start(cluster.settings(), log);
                    }
                }
                Cluster.await("the count of all records", PATIENCE, () -> settled(counts.read(), stream));
            } finally {
                process.destroyForcibly();
                Cluster.exited(process);
            }
            checkCounts(counts.read(), stream);
            checkTopics(cluster, counts.read(), stream);
        }
    }

    private static boolean settled(IngestCounts counts, DelayedStream stream) {
        return counts.total() >= EVENTS
                && counts.waiting() == stream.missing.size()
                && counts.labels().total() >= stream.labels;
    }

    private static void checkCounts(IngestCounts counts, DelayedStream stream) {
        assertThat(counts.total()).isEqualTo(EVENTS);
        assertThat(counts.rejected()).isEmpty();
        assertThat(counts.duplicates()).isZero();
        assertThat(counts.waiting()).isEqualTo(stream.missing.size());
        assertThat(counts.expired()).isZero();
        LabelCounts labels = counts.labels();
        assertThat(labels.total()).isEqualTo(stream.labels);
        assertThat(labels.repeated()).isEqualTo(stream.repeated);
        assertThat(labels.waiting()).isEqualTo(DelayedStream.UNKNOWN);
        assertThat(labels.expired()).isZero();
        // After a kill a correction may overtake its event: then the first label is outdated before it is joined.
        assertThat(labels.joined() + labels.corrections() + labels.outdated())
                .isEqualTo(stream.joined + stream.corrected.size());
        assertThat(labels.corrections()).isPositive();
        assertThat(labels.rejected()).isEmpty();
    }

    private void checkTopics(Cluster cluster, IngestCounts counts, DelayedStream stream) {
        List<LabeledExample> train = examples(cluster, Topic.TRAIN);
        List<LabeledExample> heldOut = examples(cluster, Topic.HELD_OUT);
        Map<String, String> labels = new TreeMap<>();
        Map<String, String> corrections = new TreeMap<>();
        List<LabeledExample> all = new ArrayList<>(train);
        all.addAll(heldOut);
        for (LabeledExample example : all) {
            Map<String, String> kind = example.getCorrection() ? corrections : labels;
            assertThat(kind.put(example.getId(), example.getLabel()))
                    .as("%s came out twice", example.getId())
                    .isNull();
        }
        assertThat(labels.keySet()).isEqualTo(stream.first.keySet());
        assertThat(heldOut).noneMatch(LabeledExample::getCorrection);
        Set<String> kept = new HashSet<>();
        heldOut.forEach(example -> kept.add(example.getId()));
        stream.first.forEach((id, first) -> {
            String last = stream.corrected.getOrDefault(id, first);
            String admitted = String.valueOf(labels.get(id));
            if (kept.contains(id)) { // what was paired stays as it was
                assertThat(admitted).as(id).isIn(first, last);
            } else {
                assertThat(corrections.getOrDefault(id, admitted)).as(id).isEqualTo(last);
            }
        });
        assertThat(stream.corrected.keySet()).containsAll(corrections.keySet());
        assertThat(counts.labels().corrected()).isEqualTo(corrections.size()).isPositive();
        assertThat(counts.labels().correctedRejected()).isZero();
        assertThat(counts.trained()).isEqualTo(train.size() - corrections.size());
        assertThat(counts.heldOut()).isEqualTo(heldOut.size());

        List<String> unlabelled = cluster.keys(Topic.UNLABELLED);
        Set<String> once = new HashSet<>(unlabelled);
        assertThat(once).hasSize(unlabelled.size()).containsAll(stream.missing);
        assertThat(counts.labels().delay().examples()).isEqualTo(unlabelled.size() - stream.missing.size());
    }

    @Test
    void letsGoOfWhatWaitsTooLongThoughNothingElseComes() {
        try (Cluster cluster = new Cluster(stack, "idle", settings(Duration.ofSeconds(2)));
                IngestService service = new IngestService(cluster.config())) {
            service.start();
            for (int i = 0; i < 10; i++) {
                cluster.publish(Examples.builder("e" + i, "utterance number " + i, "")
                        .setLabel(null)
                        .build());
            }
            cluster.publish(DelayedStream.label("nobody", "label", 0));

            Cluster.await(
                    "the end of the waiting",
                    PATIENCE,
                    () -> service.counts().expired() == 10
                            && service.counts().labels().expired() == 1);
            assertThat(service.counts().total()).isEqualTo(10);
            assertThat(service.counts().labels().total()).isEqualTo(1);
            assertThat(cluster.keys(Topic.REJECTED)).hasSize(11);
        }
    }

    private Map<String, String> settings(Duration wait) {
        return new HashMap<>(Map.of(
                "ingest.labels.wait.ms",
                "" + wait.toMillis(),
                "ingest.state.directory",
                directory.resolve("state").toString()));
    }

    private List<LabeledExample> examples(Cluster cluster, Topic topic) {
        Deserializer<LabeledExample> deserializer = AvroSerde.of(
                        LabeledExample.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                .deserializer();
        List<LabeledExample> examples = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : cluster.committed(topic)) {
            examples.add(deserializer.deserialize(record.topic(), record.value()));
        }
        return examples;
    }
}
