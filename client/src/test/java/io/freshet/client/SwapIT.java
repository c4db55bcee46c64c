package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.client.UpdateFailure.Stage;
import io.freshet.local.LocalStack;
import io.freshet.schemas.ChampionUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Updates against a broker, a registry, a store and real models. */
class SwapIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path stackDirectory;

    private static LocalStack stack;

    @TempDir
    Path temp;

    private final RecordedUpdates seen = new RecordedUpdates();
    private final CountingOpener opener = new CountingOpener();
    private String model;
    private ChampionStand stand;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.start(stackDirectory);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void open(TestInfo test) throws IOException {
        model = test.getTestMethod().orElseThrow().getName();
        stand = new ChampionStand(stack, model, temp);
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void swapsThreeTimesWithoutARequestFailing() throws Exception {
        stand.promote(1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ModelUpdates updates = start()) {
            updates.awaitFirst(SOON);
            List<Future<Requests>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TextClassifier classifier = updates.classifier();
                results.add(threads.submit(() -> Requests.until(done, classifier)));
            }
            for (long number = 2; number <= 4; number++) {
                stand.promote(number);
                updates.awaitSequence(number, SOON);
            }
            done.set(true);
            for (Future<Requests> result : results) {
                Requests requests = result.get(60, TimeUnit.SECONDS);
                assertThat(requests.last()).as("ends on the newest").isEqualTo(4);
                assertThat(requests.count()).isGreaterThan(10);
            }
            assertThat(seen.swaps).containsExactly(1L, 2L, 3L, 4L);
            assertThat(seen.befores)
                    .containsExactly(Optional.empty(), Optional.of(1L), Optional.of(2L), Optional.of(3L));
            assertThat(seen.failures).isEmpty();
            assertThat(opener.stillOpen()).as("only the newest").isEqualTo(1);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(opener.stillOpen()).isZero();
    }

    @Test
    void tellsWhatItServes() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            ServedModel served = updates.awaitFirst(SOON);

            assertThat(updates.current()).contains(served);
            assertThat(served.sequence()).isEqualTo(1);
            assertThat(served.checkpoint()).isEqualTo("c000001-0000abcd");
            assertThat(served.labels()).containsExactly("champion-1", "other-1");
            assertThat(served.heldOutAccuracy()).hasValue(0.5);
        }
    }

    @Test
    void loadsOnlyTheNewestWhenItStartsLate() throws Exception {
        stand.promote(1);
        stand.promote(2);
        stand.promote(3);
        try (ModelUpdates updates = start()) {
            updates.awaitFirst(SOON);

            assertThat(seen.swaps).containsExactly(3L);
        }
    }

    @Test
    void keepsTheChampionWhenAFileOfTheNextIsCorrupt() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);
            ChampionUpdate broken = stand.store(2);
            Path weights = stand.stored(broken, "model.safetensors");
            byte[] bytes = Files.readAllBytes(weights);
            bytes[bytes.length - 1] ^= 1;
            Files.write(weights, bytes);
            stand.announce(broken);

            seen.awaitFailure(failure -> failure.stage() == Stage.LOAD
                    && failure.message().contains("SHA-256")
                    && failure.retryIn().isPresent());
            assertThat(updates.classifier().classify("hello").sequence()).isEqualTo(1);

            bytes[bytes.length - 1] ^= 1;
            Files.write(weights, bytes);
            updates.awaitSequence(2, SOON);
            assertThat(updates.failure()).isEmpty();
        }
    }

    @Test
    void keepsTheChampionWhenTheNextIsALanguageModel() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);

            stand.announce(stand.storePredictor(2));
            seen.awaitFailure(failure -> failure.stage() == Stage.LOAD
                    && failure.message().contains("language model (masked-lm), which gives no labels"));

            assertThat(updates.classifier().classify("hello").sequence()).isEqualTo(1);
        }
    }

    @Test
    void keepsTheChampionWhenTheNextIsNoModel() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);
            ChampionUpdate whole = stand.store(2);
            ChampionUpdate lacking = ChampionUpdate.newBuilder(whole)
                    .setFiles(whole.getFiles().stream()
                            .filter(file -> !file.getPath().equals("config.json"))
                            .toList())
                    .build();
            stand.announce(lacking);

            seen.awaitFailure(failure ->
                    failure.stage() == Stage.LOAD && failure.message().contains("config.json"));
            assertThat(updates.classifier().classify("hello").sequence()).isEqualTo(1);

            stand.promote(3);
            updates.awaitSequence(3, SOON);
        }
        assertThat(opener.stillOpen()).isZero();
    }

    @Test
    void servesTheCacheWhenKafkaRegistryAndStoreAreDown() throws Exception {
        stand.promote(1);
        stand.promote(2);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(2, SOON);
        }
        Files.move(stand.storeDirectory(), temp.resolve("elsewhere"));
        Map<String, String> nobodyThere = settings();
        nobodyThere.put("bootstrap.servers", "127.0.0.1:1");
        nobodyThere.put("schema.registry.url", "http://127.0.0.1:1");
        nobodyThere.put("connect.timeout.ms", "500");
        try (ModelUpdates updates = start(nobodyThere)) {
            assertThat(updates.awaitFirst(SOON).sequence()).isEqualTo(2);
            assertThat(updates.classifier().classify("hello").checkpoint()).isEqualTo("c000002-0000abcd");
            seen.awaitFailure(failure -> failure.stage() == Stage.FOLLOW);
            assertThat(updates.failure().orElseThrow().retryIn()).isPresent();
        }
    }

    @Test
    void followsTheLogFromTheCachedChampionOn() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);
        }
        stand.promote(2);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(2, SOON);
        }

        assertThat(seen.swaps).containsExactly(1L, 1L, 2L);
    }

    @Test
    void fetchesTheCachedChampionAgainWhenItsFilesWentBad() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);
        }
        try (Stream<Path> files = Files.list(cacheDirectory().resolve("files"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "gone bad");
            }
        }
        try (ModelUpdates updates = start()) {
            assertThat(updates.awaitFirst(SOON).sequence()).isEqualTo(1);
        }
        assertThat(seen.failures).isEmpty();
    }

    @Test
    void swapsBackWithinAPollOfARollbackAndSaysThatItWasOneAndWhy() throws Exception {
        ChampionUpdate first = stand.promote(1);
        stand.promote(2);
        Map<String, String> settings = settings();
        settings.put("poll.interval.ms", "30000");
        try (ModelUpdates updates = start(settings)) {
            ServedModel promoted = updates.awaitSequence(2, SOON);
            assertThat(promoted.broughtBack()).isFalse();
            assertThat(promoted.reason()).isEqualTo("promotion");
            assertThat(promoted.why()).isEmpty();

            long begin = System.nanoTime();
            stand.announce(ChampionUpdate.newBuilder(first)
                    .setSequence(3)
                    .setReason("rollback")
                    .setWho("ann")
                    .setWhy("worse on cards")
                    .build());
            ServedModel back = updates.awaitSequence(3, SOON);

            // A poll of the log returns as soon as something is there; the rest is loading a tiny model from the cache.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            assertThat(back.checkpoint()).isEqualTo("c000001-0000abcd");
            assertThat(back.broughtBack()).isTrue();
            assertThat(back.why()).hasValue("worse on cards");
            assertThat(updates.classifier().classify("hello").checkpoint()).isEqualTo("c000001-0000abcd");
        }
        try (ModelUpdates updates = start()) { // from the cache, which remembers it
            assertThat(updates.awaitFirst(SOON).why()).hasValue("worse on cards");
        }
        assertThat(seen.swaps).containsExactly(2L, 3L, 3L);
        assertThat(seen.failures).isEmpty();
    }

    @Test
    void followsARollbackRecord() throws Exception {
        ChampionUpdate first = stand.promote(1);
        stand.promote(2);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(2, SOON);
            stand.announce(ChampionUpdate.newBuilder(first)
                    .setSequence(3)
                    .setReason("rollback")
                    .build());

            updates.awaitSequence(3, SOON);
            assertThat(updates.classifier().classify("hello").checkpoint()).isEqualTo("c000001-0000abcd");

            // A gate that was itself restored from an older state numbers its rollback lower, and says what it is.
            stand.announce(ChampionUpdate.newBuilder(stand.store(2))
                    .setReason("rollback")
                    .build());
            seen.awaitSwaps(3);
            assertThat(updates.current().orElseThrow().sequence()).isEqualTo(2);
            stand.promote(7);
            updates.awaitSequence(7, SOON);
        }
        assertThat(seen.swaps).containsExactly(2L, 3L, 2L, 7L);
        assertThat(seen.failures).isEmpty();
    }

    @Test
    void ignoresAStaleLowerSequence() throws Exception {
        stand.promote(5);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(5, SOON);
            stand.promote(4);

            seen.awaitFailure(failure ->
                    failure.stage() == Stage.RECORD && failure.message().contains("champion 4"));
            assertThat(updates.current().orElseThrow().sequence()).isEqualTo(5);

            stand.promote(9);
            updates.awaitSequence(9, SOON);
        }
        assertThat(seen.swaps).containsExactly(5L, 9L);
    }

    @Test
    void followsOnlyWhatWasCommitted() throws Exception {
        stand.promote(1);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(1, SOON);
            stand.announceInVain(stand.store(2));
            stand.promote(3);
            updates.awaitSequence(3, SOON);
        }
        assertThat(seen.swaps).containsExactly(1L, 3L);
        assertThat(seen.failures).isEmpty();
    }

    @Test
    void passesOverARecordThatNamesNoChampion() throws Exception {
        stand.send("not avro".getBytes(StandardCharsets.UTF_8), true);
        stand.announce(
                ChampionUpdate.newBuilder(stand.store(1)).setFiles(List.of()).build());
        stand.promote(2);
        try (ModelUpdates updates = start()) {
            updates.awaitSequence(2, SOON);
        }
        assertThat(seen.failures).extracting(UpdateFailure::stage).containsExactly(Stage.RECORD, Stage.RECORD);
        assertThat(seen.failures.get(1).message()).contains("lists no files").contains("offset");
    }

    @Test
    void answersExplicitlyWhenTheModelHasNoLabelsYet() throws Exception {
        stand.announce(stand.store(1, new String[0]));
        try (ModelUpdates updates = start()) {
            updates.awaitFirst(SOON);
            Classification answer = updates.classifier().classify("hello");

            assertThat(answer.prediction()).isEmpty();
            assertThat(answer.sequence()).isEqualTo(1);
        }
    }

    @Test
    void saysWhyThereIsNoModelYet() throws Exception {
        try (ModelUpdates updates = start()) {
            assertThatThrownBy(() -> updates.classifier().classify("hello"))
                    .isInstanceOf(ModelUnavailableException.class)
                    .hasMessageContaining("no champion has been loaded yet")
                    .hasMessageContaining(model + ".champions");
            assertThatThrownBy(() -> updates.awaitFirst(Duration.ofMillis(50)))
                    .isInstanceOf(ModelUnavailableException.class)
                    .hasMessageContaining("PT0.05S");
        }
    }

    @Test
    void refusesRequestsOnceClosed() throws Exception {
        stand.promote(1);
        ModelUpdates updates = start();
        updates.awaitFirst(SOON);
        TextClassifier classifier = updates.classifier();
        updates.close();
        updates.close();

        assertThatThrownBy(() -> classifier.classify("hello"))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("closed");
        assertThat(updates.current()).isEmpty();
        assertThat(opener.stillOpen()).isZero();
    }

    @Test
    void keepsTheFilesOfTwoChampionsOnly() throws Exception {
        try (ModelUpdates updates = start()) {
            for (long number = 1; number <= 4; number++) {
                stand.promote(number);
                updates.awaitSequence(number, SOON);
            }
        }
        // Cleaning follows a swap on the same thread, and close has waited for that thread.
        try (Stream<Path> kept = Files.list(cacheDirectory().resolve("models"))) {
            assertThat(kept.map(path -> path.getFileName().toString().substring(0, 7)))
                    .containsExactlyInAnyOrder("c000003", "c000004");
        }
    }

    private Path cacheDirectory() {
        return temp.resolve("cache").resolve("client").resolve(model);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", stack.bootstrapServers());
        settings.put("schema.registry.url", stack.registryUrl());
        settings.put("model.name", model);
        settings.put("checkpoint.cache", temp.resolve("cache").toString());
        settings.put("poll.interval.ms", "50");
        settings.put("retry.first.ms", "50");
        settings.put("retry.longest.ms", "200");
        return settings;
    }

    private ModelUpdates start() {
        return start(settings());
    }

    private ModelUpdates start(Map<String, String> settings) {
        return ModelUpdates.start(ModelUpdatesConfig.from(settings), opener, List.of(seen));
    }
}
