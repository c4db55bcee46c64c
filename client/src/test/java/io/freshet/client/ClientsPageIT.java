package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of {@code docs/clients.md}. */
class ClientsPageIT {

    @TempDir
    Path temp;

    @Test
    void doesWhatThePageSays() throws Exception {
        try (LocalStack stack = LocalStack.start(temp.resolve("stack"));
                ChampionStand stand = new ChampionStand(stack, "intents", temp)) {
            String brokers = stack.bootstrapServers();
            String registry = stack.registryUrl();
            stand.promote(1);
            try (ModelUpdates updates = ClientsPage.follow(brokers, registry, temp.resolve("cache"))) {
                assertThat(ClientsPage.classify(updates)).containsPattern("(champion|other)-1, says champion 1");
                assertThat(ClientsPage.pair(updates.classifier())).isBetween(0.5, 1.0); // the better of two labels
                assertThat(ClientsPage.pairs(updates.classifier())).hasSize(2);
            }
            assertThat(ClientsPage.produce(brokers, registry).topic()).isEqualTo("intents.examples");
            try (ExampleProducer producer = ExampleProducer.builder()
                    .bootstrapServers(brokers)
                    .schemaRegistry(registry)
                    .modelName("intents")
                    .open()) {
                assertThat(ClientsPage.label(producer).topic()).isEqualTo("intents.labels");
            }
            tellsListeners(Map.of(
                    "bootstrap.servers",
                    brokers,
                    "schema.registry.url",
                    registry,
                    "model.name",
                    "intents",
                    "checkpoint.cache",
                    temp.resolve("cache").toString()));
            assertThat(ClientsPage.fromDirectory(temp.resolve("model-1"))).endsWith("-1");
        }
    }

    private static void tellsListeners(Map<String, String> settings) throws InterruptedException {
        AtomicReference<String> news = new AtomicReference<>();
        try (ModelUpdates updates = ClientsPage.fromSettings(settings, news)) {
            updates.awaitFirst(Duration.ofMinutes(1));
            assertThat(news).hasValue("champion 1 knows 2 labels");
        }
    }
}
