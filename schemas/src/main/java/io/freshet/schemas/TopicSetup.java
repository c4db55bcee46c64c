package io.freshet.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Brings the topics of a cluster in line with a list of specifications. */
final class TopicSetup {

    private static final long VISIBLE_WITHIN_SECONDS = 30;
    private static final long POLL_MILLIS = 50;

    private final Admin admin;

    TopicSetup(Admin admin) {
        this.admin = admin;
    }

    void ensure(List<TopicSpec> specs) {
        create(missing(specs));
        Map<String, TopicDescription> found = awaitAll(specs);
        Map<String, Map<String, String>> settings = settings(specs);
        List<String> differences = new ArrayList<>();
        for (TopicSpec spec : specs) {
            TopicDescription topic = Objects.requireNonNull(found.get(spec.name()));
            differences.addAll(
                    TopicDifferences.of(spec, topic.partitions().size(), settings.getOrDefault(spec.name(), Map.of())));
        }
        if (!differences.isEmpty()) {
            throw new TopicMismatchException(differences);
        }
    }

    private List<TopicSpec> missing(List<TopicSpec> specs) {
        Collection<String> existing = await(admin.listTopics().names());
        return specs.stream().filter(spec -> !existing.contains(spec.name())).toList();
    }

    private void create(List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
                        .configs(spec.configs()))
                .toList();
        admin.createTopics(topics).values().forEach((name, created) -> {
            try {
                await(created);
            } catch (TopicExistsException e) {
                // another service starting at the same time was first; what it made is compared below
            }
        });
    }

    /** A topic just made may be unknown for a moment to the broker that is asked. */
    private Map<String, TopicDescription> awaitAll(List<TopicSpec> specs) {
        List<String> names = specs.stream().map(TopicSpec::name).toList();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(VISIBLE_WITHIN_SECONDS);
        while (true) {
            try {
                return await(admin.describeTopics(names).allTopicNames());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(
                            "topics that were created are not visible after %d s".formatted(VISIBLE_WITHIN_SECONDS), e);
                }
                pause();
            }
        }
    }

    private Map<String, Map<String, String>> settings(List<TopicSpec> specs) {
        List<ConfigResource> resources = specs.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .toList();
        Map<String, Map<String, String>> byName = new TreeMap<>();
        await(admin.describeConfigs(resources).all()).forEach((resource, config) -> {
            Map<String, String> settings = new TreeMap<>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    settings.put(entry.name(), entry.value());
                }
            }
            byName.put(resource.name(), settings);
        });
        return byName;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
