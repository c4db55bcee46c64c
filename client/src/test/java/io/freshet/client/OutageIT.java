package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.client.UpdateFailure.Stage;
import io.freshet.local.LocalStack;
import io.freshet.local.Ports;
import io.freshet.schemas.ChampionUpdate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What updates do while Kafka, its topics or the store are away, and once they are back. */
class OutageIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path temp;

    private final RecordedUpdates seen = new RecordedUpdates();
    private final CountingOpener opener = new CountingOpener();

    @Test
    void answersWhileKafkaIsAwayAndFollowsAgainOnceItIsBack() throws Exception {
        Path directory = temp.resolve("stack");
        LocalStack before = LocalStack.start(directory);
        Ports ports = portsOf(before);
        ModelUpdates updates = null;
        try {
            try (ChampionStand stand = new ChampionStand(before, "intents", temp)) {
                stand.promote(1);
                updates = start(before);
                updates.awaitSequence(1, SOON);
            } finally {
                before.close();
            }
            assertThat(updates.classifier().classify("hello").sequence()).isEqualTo(1);
            try (LocalStack after = LocalStack.start(directory, ports);
                    ChampionStand stand = new ChampionStand(after, "intents", temp)) {
                stand.promote(2);
                updates.awaitSequence(2, SOON);
            }
            assertThat(seen.swaps).containsExactly(1L, 2L);
        } finally {
            if (updates != null) {
                updates.close();
            }
        }
        assertThat(opener.stillOpen()).isZero();
    }

    @Test
    void waitsForATopicThatIsCreatedLater() throws Exception {
        try (LocalStack stack = LocalStack.start(temp.resolve("stack"));
                ModelUpdates updates = start(stack)) {
            seen.awaitFailure(failure -> failure.stage() == Stage.FOLLOW);
            try (ChampionStand stand = new ChampionStand(stack, "intents", temp)) {
                stand.promote(1);
                updates.awaitSequence(1, SOON);
            }
            assertThat(updates.failure()).isEmpty();
        }
    }

    @Test
    void triesAgainUntilTheStoreIsBack() throws Exception {
        try (LocalStack stack = LocalStack.start(temp.resolve("stack"));
                ChampionStand stand = new ChampionStand(stack, "intents", temp);
                ModelUpdates updates = start(stack)) {
            stand.promote(1);
            updates.awaitSequence(1, SOON);
            ChampionUpdate next = stand.store(2);
            Path away = temp.resolve("away");
            Files.move(stand.storeDirectory(), away);
            stand.announce(next);
            seen.awaitFailure(failure -> failure.stage() == Stage.LOAD);
            assertThat(updates.classifier().classify("hello").sequence()).isEqualTo(1);

            Files.move(away, stand.storeDirectory());
            updates.awaitSequence(2, SOON);
        }
    }

    private ModelUpdates start(LocalStack stack) {
        Map<String, String> settings = Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.registryUrl(),
                "model.name", "intents",
                "checkpoint.cache", temp.resolve("cache").toString(),
                "poll.interval.ms", "50",
                "connect.timeout.ms", "1000",
                "retry.first.ms", "50",
                "retry.longest.ms", "200");
        return ModelUpdates.start(ModelUpdatesConfig.from(settings), opener, List.of(seen));
    }

    /** Another controller port may do; the broker and the registry must be where the client looks for them. */
    private static Ports portsOf(LocalStack stack) {
        String broker = stack.bootstrapServers();
        return new Ports(
                Integer.parseInt(broker.substring(broker.indexOf(':') + 1)),
                0,
                URI.create(stack.registryUrl()).getPort());
    }
}
