package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.local.EmbeddedBroker;
import io.freshet.local.LocalStack;
import io.freshet.local.registry.RegistryServer;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class IngestServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LocalStack stack;

    @TempDir
    Path state;

    @BeforeAll
    static void startStack(@TempDir Path directory) {
        stack = LocalStack.start(directory);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void keepsTheOrderOfThePublishedExamplesWithOnePartition() {
        try (Cluster cluster = cluster("ordered", Map.of("examples.partitions", "1"));
                IngestService service = started(cluster.config())) {
            List<String> published = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                cluster.publish(Examples.of("e" + i, "utterance number " + i, "label" + i % 7));
                published.add("e" + i);
            }
            awaitTotal(service, 2_000);

            List<String> train = cluster.keys(Topic.TRAIN);
            List<String> heldOut = cluster.keys(Topic.HELD_OUT);
            Set<String> left = new HashSet<>(heldOut);
            assertThat(train)
                    .isEqualTo(
                            published.stream().filter(id -> !left.contains(id)).toList());
            left.retainAll(train);
            assertThat(left).isEmpty();
            assertThat(heldOut).hasSize(2_000 - train.size());
            assertThat(service.counts())
                    .isEqualTo(IngestCounts.sum(
                            List.of(Map.of("trained", (long) train.size(), "heldOut", (long) heldOut.size()))));
        }
    }

    @Test
    void keepsTheOrderOfEachPartitionBehindOneStorePartition() {
        try (Cluster cluster = cluster("merged", Map.of());
                IngestService service = started(cluster.config())) {
            for (int i = 0; i < 2_000; i++) {
                cluster.publish(Examples.of("e" + i, "utterance number " + i, "label"));
            }
            awaitTotal(service, 2_000);

            // Ids are the keys on both ends, so that a partition of the output holds one partition of the input.
            Map<Integer, Integer> last = new HashMap<>();
            for (ConsumerRecord<String, byte[]> record : cluster.committed(Topic.TRAIN)) {
                int number = Integer.parseInt(record.key().substring(1));
                Integer before = last.put(record.partition(), number);
                assertThat(before == null || before < number)
                        .as("%s after %s", number, before)
                        .isTrue();
            }
            assertThat(last).hasSize(2);
        }
    }

    @Test
    void accountsForEveryRecordWithManyStorePartitions() throws Exception {
        try (Cluster cluster = cluster("spread", Map.of("ingest.store.partitions", "3"));
                IngestService service = started(cluster.config())) {
            for (int i = 0; i < 300; i++) {
                LabeledExample example = Examples.of("e" + i, "utterance number " + i, "label");
                cluster.publish(example);
                if (i % 3 == 0) {
                    cluster.publish(example);
                }
                if (i % 10 == 0) {
                    cluster.publish("e" + i, "not avro".getBytes(StandardCharsets.UTF_8));
                    cluster.publish(Examples.of("e" + i, "utterance number " + i, "another label"));
                }
            }
            awaitTotal(service, 300 + 100 + 30 + 30);

            IngestCounts counts = service.counts();
            assertThat(counts.duplicates()).isEqualTo(100);
            assertThat(counts.rejected()).isEqualTo(Map.of("record.not.avro", 30L, "id.conflict", 30L));
            assertThat(counts.trained())
                    .isEqualTo(cluster.committed(Topic.TRAIN).size());
            assertThat(counts.heldOut())
                    .isEqualTo(cluster.committed(Topic.HELD_OUT).size());
            assertThat(counts.trained() + counts.heldOut()).isEqualTo(300);

            var rejected = AvroSerde.of(RejectedExample.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                    .deserializer();
            for (ConsumerRecord<String, byte[]> record : cluster.committed(Topic.REJECTED)) {
                assertThat(rejected.deserialize(record.topic(), record.value()).getTopic())
                        .isEqualTo("spread.examples");
            }
        }
    }

    @Test
    void passesTheLargestRecordsThroughAndRejectsLargerOnes() throws Exception {
        try (Cluster cluster = cluster("large", Map.of());
                IngestService service = started(cluster.config())) {
            cluster.publish(withAttribute("fits", 999_000)); // 1,000,000 bytes with what is around it
            cluster.publish(withAttribute("larger", 1_010_000));
            cluster.publish(Examples.of("behind", "hello", "greet"));
            awaitTotal(service, 3);

            assertThat(service.counts().rejected()).isEqualTo(Map.of("record.too.large", 1L));
            assertThat(service.counts().trained() + service.counts().heldOut()).isEqualTo(2);
            RejectedExample rejected = AvroSerde.of(
                            RejectedExample.class, SchemaRegistry.connect(stack.registryUrl(), Map.of()))
                    .deserializer()
                    .deserialize("", cluster.committed(Topic.REJECTED).get(0).value());
            assertThat(rejected.getOriginal().remaining()).isEqualTo(1_000_000);
            assertThat(rejected.getDetail()).contains("only the first 1000000 are kept here");
        }
    }

    private static LabeledExample withAttribute(String id, int length) {
        return Examples.builder(id, "text of " + id, "greet")
                .setAttributes(Map.of("payload", "x".repeat(length)))
                .build();
    }

    @Test
    void recordsOneSplitWhenTwoInstancesStartWithDifferentOnes() throws Exception {
        try (Cluster cluster = cluster("raced", Map.of());
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            TopicCatalogue.of("raced", 2).ensure(admin);
            SchemaRegistry registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (String salt : List.of("a", "b", "c")) {
                IngestConfig config = cluster.config(Map.of("ingest.heldout.salt", salt));
                starts.add(
                        CompletableFuture.runAsync(() -> new SplitRecord(config, registry, Clock.systemUTC()).agree()));
            }
            int refused = 0;
            for (CompletableFuture<Void> start : starts) {
                try {
                    start.get(60, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(SplitMismatchException.class);
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(2);
            assertThat(cluster.keys(Topic.SPLIT)).hasSize(1);
        }
    }

    @Test
    void goesOnWithItsMemoryAndCountsAfterARestart() {
        try (Cluster cluster = cluster("restarted", Map.of())) {
            LabeledExample example = Examples.of("e1", "hello there", "greet");
            IngestService first = started(cluster.config());
            cluster.publish(example);
            awaitTotal(first, 1);
            first.close();
            assertThat(first.counts().total()).isEqualTo(1);
            assertThat(first.failure()).isNull();

            cluster.publish(example);
            cluster.publish(Examples.of("e2", "good bye", "part"));
            long began = System.nanoTime();
            try (IngestService second = started(cluster.config())) {
                awaitTotal(second, 3);
                assertThat(second.counts().duplicates()).isEqualTo(1);
                // Without static membership the group would wait 45 s for the member that left without a word.
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void refusesAnotherSaltOrFractionNamingBothAndTheRemedy() {
        try (Cluster cluster = cluster("fixed", Map.of())) {
            started(cluster.config()).close();

            assertThatThrownBy(() -> started(cluster.config(Map.of("ingest.heldout.salt", "pepper"))))
                    .isInstanceOf(SplitMismatchException.class)
                    .hasMessageContaining("ingest.heldout.salt = 'pepper' and ingest.heldout.fraction = 0.1")
                    .hasMessageContaining("topic fixed.split has recorded 'freshet' and 0.1")
                    .hasMessageContaining("set the recorded values");
            assertThatThrownBy(() -> started(cluster.config(Map.of("ingest.heldout.fraction", "0.2"))))
                    .isInstanceOf(SplitMismatchException.class);

            started(cluster.config()).close();
            assertThat(cluster.keys(Topic.SPLIT)).containsExactly("fixed");
        }
    }

    @Test
    void stopsWithoutRejectingWhenTheRegistryCannotBeReachedAndGoesOnWhenItCan(@TempDir Path directory) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            RegistryServer registry = RegistryServer.start(broker.bootstrapServers(), 0);
            int port = java.net.URI.create(registry.url()).getPort();
            Map<String, String> impatient = settings(Map.of("schema.registry.retry.timeout.ms", "200"));
            try (Cluster cluster = new Cluster(broker.bootstrapServers(), registry.url(), "cut", impatient)) {
                IngestService service = started(cluster.config());
                cluster.publish(Examples.of("e1", "hello", "greet"));
                registry.close(); // perhaps after the record was read: then the next service sees a duplicate of
                // nothing
                cluster.publish("e2", new byte[] {0, 0, 1, 2, 3, 4}); // a schema that must be asked for
                Cluster.await("the failure", PATIENCE, () -> service.failure() != null);
                service.close();
                assertThat(service.counts().rejectedInAll()).isZero();

                try (RegistryServer again = RegistryServer.start(broker.bootstrapServers(), port);
                        IngestService next = started(cluster.config())) {
                    awaitTotal(next, 2);
                    assertThat(again.url()).isEqualTo(registry.url());
                    assertThat(next.counts().rejected()).isEqualTo(Map.of("schema.unknown", 1L));
                    assertThat(next.counts().trained() + next.counts().heldOut())
                            .isEqualTo(1);
                }
            }
        }
    }

    private Cluster cluster(String model, Map<String, String> settings) {
        return new Cluster(stack, model, settings(settings));
    }

    private Map<String, String> settings(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ingest.state.directory", state.toString());
        return all;
    }

    private static IngestService started(IngestConfig config) {
        IngestService service = new IngestService(config);
        try {
            service.start();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private static void awaitTotal(IngestService service, long total) {
        Cluster.await("the count of %d records".formatted(total), PATIENCE, () -> {
            assertThat(service.failure()).isNull();
            return service.counts().total() >= total;
        });
    }
}
