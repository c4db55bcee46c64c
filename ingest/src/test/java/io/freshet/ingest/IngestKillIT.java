package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.LocalStack;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the service while a stream flows through it, and counts what came out. */
@Timeout(300)
final class IngestKillIT {

    private static final int KILLS = 5;
    private static final int AT_LEAST = 4_000;
    /** Records that must be committed between a start and the kill, so that each process did something. */
    private static final int PROGRESS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
    private final List<String> admissible = new ArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private int rounds;
    private int duplicates;
    private int unreadable;
    private int conflicts;

    private LocalStack stack;

    @BeforeEach
    void startStack() {
        stack = LocalStack.start(directory.resolve("stack"));
    }

    @AfterEach
    void stopStack() {
        publisher.shutdownNow();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void losesAndDoublesNothingWhenItIsKilledFiveTimes(int storePartitions) throws Exception {
        Path log = directory.resolve("ingest.log");
        Map<String, String> settings = new HashMap<>(Map.of(
                "ingest.store.partitions",
                "" + storePartitions,
                "ingest.state.directory",
                directory.resolve("state").toString()));
        try (Cluster cluster = new Cluster(stack, "killed", settings);
                CountsReader counts = CountsReader.open(cluster.config())) {
            Process process = IngestProcess.start(cluster.settings(), log);
            try {
                Cluster.await("the topics", PATIENCE, () -> counts.read().total() >= 0 && exists(cluster));
                ScheduledFuture<?> stream =
                        publisher.scheduleAtFixedRate(() -> publishSome(cluster), 0, 20, TimeUnit.MILLISECONDS);
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitProgress(counts, process, log);
                    process.destroyForcibly(); // SIGKILL: no hook runs, nothing is closed
                    Cluster.exited(process);
                    process = IngestProcess.start(cluster.settings(), log);
                }
                Cluster.await("the end of the stream", PATIENCE, () -> published.get() >= AT_LEAST);
                stream.cancel(false);
                publisher.shutdown();
                assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
                cluster.flush();
                Cluster.await(
                        "the count of all records",
                        PATIENCE,
                        () -> counts.read().total() >= published.get());
            } finally {
                process.destroyForcibly();
                Cluster.exited(process);
            }
            checkWhatCameOut(cluster, counts.read());
        }
    }

    private void checkWhatCameOut(Cluster cluster, IngestCounts counts) {
        List<String> train = cluster.keys(Topic.TRAIN);
        List<String> heldOut = cluster.keys(Topic.HELD_OUT);
        List<String> out = new ArrayList<>(train);
        out.addAll(heldOut);

        assertThat(out).containsExactlyInAnyOrderElementsOf(admissible);
        assertThat(cluster.keys(Topic.REJECTED)).hasSize(unreadable + conflicts);
        assertThat(counts.trained()).isEqualTo(train.size());
        assertThat(counts.heldOut()).isEqualTo(heldOut.size());
        assertThat(counts.duplicates()).isEqualTo(duplicates);
        assertThat(counts.rejected())
                .isEqualTo(Map.of("record.not.avro", (long) unreadable, "id.conflict", (long) conflicts));
        assertThat(counts.total()).isEqualTo(published.get());
    }

    /** Ten new examples, a repeat of an old one, and now and then a conflict or bytes that are not Avro. */
    private void publishSome(Cluster cluster) {
        for (int i = 0; i < 10; i++) {
            cluster.publish(example(admissible.size(), "label"));
            admissible.add("e" + admissible.size());
            published.incrementAndGet();
        }
        rounds++;
        cluster.publish(example(rounds * 3, "label"));
        duplicates++;
        if (rounds % 5 == 0) {
            cluster.publish(example(rounds * 2, "another label"));
            conflicts++;
            cluster.publish("x" + rounds, "not avro".getBytes(StandardCharsets.UTF_8));
            unreadable++;
        }
        published.addAndGet(rounds % 5 == 0 ? 3 : 1);
    }

    private static LabeledExample example(int number, String label) {
        return Examples.of("e" + number, "utterance number " + number, label);
    }

    private static boolean exists(Cluster cluster) {
        return !cluster.keys(Topic.SPLIT).isEmpty();
    }

    private static void awaitProgress(CountsReader counts, Process process, Path log) {
        long before = counts.read().total();
        Cluster.await("progress", PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the service ended by itself:\n" + read(log));
            }
            return counts.read().total() >= before + PROGRESS;
        });
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
