package io.freshet.client;

import io.freshet.model.TextInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The code of {@code docs/clients.md}, compiled and run. What stands between {@code snippet} and {@code end} is on the
 * page as it is here.
 */
final class ClientsPage {

    private ClientsPage() {}

    static ModelUpdates follow(String brokers, String registry, Path cache) {
        // snippet
        ModelUpdates updates = ModelUpdates.builder()
                .bootstrapServers(brokers)
                .schemaRegistry(registry)
                .modelName("intents")
                .cache(cache)
                .start();
        // end
        return updates;
    }

    static String classify(ModelUpdates updates) throws InterruptedException {
        StringBuilder shown = new StringBuilder();
        // snippet
        updates.awaitFirst(Duration.ofMinutes(1));
        TextClassifier classifier = updates.classifier();
        for (Classification answer : classifier.classify(List.of("freeze my card", "book a table"))) {
            String label = answer.label().orElse("no prediction");
            shown.append("%s, says champion %d%n".formatted(label, answer.sequence()));
        }
        // end
        return shown.toString();
    }

    static double pair(TextClassifier classifier) {
        // snippet
        Classification answer = classifier.classify("A man plays a guitar.", "A person makes music.");
        double probability = answer.prediction()
                .map(Classification.LabelPrediction::probability)
                .orElse(0.0);
        // end
        return probability;
    }

    static List<Classification> pairs(TextClassifier classifier) {
        // snippet
        List<Classification> answers =
                classifier.classifyInputs(List.of(new TextInput("It rains.", "It is wet."), TextInput.of("hello")));
        // end
        return answers;
    }

    static ModelUpdates fromSettings(Map<String, String> settings, AtomicReference<String> news) {
        // snippet
        ModelUpdates updates = ModelUpdates.start(settings, new UpdateListener() {
            @Override
            public void onSwap(Optional<ServedModel> before, ServedModel after) {
                news.set("champion %d knows %d labels"
                        .formatted(after.sequence(), after.labels().size()));
            }

            @Override
            public void onFailure(UpdateFailure failure) {
                news.set("%s: %s".formatted(failure.stage(), failure.message()));
            }
        });
        // end
        return updates;
    }

    static String fromDirectory(Path directory) {
        // snippet
        try (TextClassifier classifier = TextClassifier.of(directory)) {
            return classifier.classify("freeze my card").label().orElse("no prediction");
        }
        // end
    }

    static SentExample produce(String brokers, String registry) {
        // snippet
        try (ExampleProducer producer = ExampleProducer.builder()
                .bootstrapServers(brokers)
                .schemaRegistry(registry)
                .modelName("intents")
                .open()) {
            CompletableFuture<SentExample> sent = producer.example("freeze my card")
                    .id("ticket-4711")
                    .label("freeze_account")
                    .group("customer-7")
                    .attribute("channel", "chat")
                    .send();
            return sent.join(); // topic, partition, offset
        }
        // end
    }

    static SentExample label(ExampleProducer producer) {
        // snippet
        producer.example("freeze my card").id("ticket-4712").send().join(); // not labelled yet
        CompletableFuture<SentExample> sent = producer.label("ticket-4712", "freeze_account"); // hours later
        // end
        return sent.join();
    }
}
