package io.freshet.cli.live;

import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.services.SettingsForAll;
import io.freshet.cli.services.Workspace;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamTail;
import io.freshet.cli.stream.StreamView;
import io.freshet.core.lifecycle.Service;
import io.freshet.core.lifecycle.ServiceGroup;
import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Broker, registry and all services in this JVM, a producer of raw records and a view of what comes out. */
final class LiveStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LocalStack local;
    private final ServiceGroup services;
    private final Cluster cluster;
    private final SchemaRegistry registry;
    private final KafkaProducer<String, byte[]> producer;
    private final StreamView view = new StreamView();
    private final StreamTail tail;

    private LiveStack(LocalStack local, ServiceGroup services, Cluster cluster) {
        this.local = local;
        this.services = services;
        this.cluster = cluster;
        this.registry = cluster.registry();
        this.producer = new KafkaProducer<>(
                Map.copyOf(cluster.clientSettings()), new StringSerializer(), new ByteArraySerializer());
        this.tail = new StreamTail(
                cluster,
                registry,
                EnumSet.of(
                        Topic.TRAIN,
                        Topic.HELD_OUT,
                        Topic.REJECTED,
                        Topic.CHECKPOINTS,
                        Topic.CHAMPIONS,
                        Topic.DECISIONS),
                view);
    }

    /** Starts everything on a tiny model, with one partition of examples so that their order is kept. */
    static LiveStack start(Path directory, Map<String, String> settings) throws IOException {
        Path model = TinyStream.model(directory);
        Workspace workspace = Workspace.open(directory.resolve("data"));
        LocalStack local = LocalStack.start(workspace.directory());
        try {
            Map<String, String> values = new TreeMap<>(workspace.settings());
            values.putAll(TinyStream.settings());
            values.put("trainer.model", model.toString());
            values.put("examples.partitions", "1");
            values.putAll(settings);
            values.put("bootstrap.servers", local.bootstrapServers());
            values.put("schema.registry.url", local.registryUrl());
            Cluster cluster = Cluster.local(local.bootstrapServers(), local.registryUrl(), "freshet");
            try (Admin admin = Admin.create(Map.copyOf(cluster.clientSettings()))) {
                TopicCatalogue.of("freshet", 1).ensure(admin);
            }
            Map<ServiceKind, Service> made = new SettingsForAll(values).make();
            ServiceGroup services = new ServiceGroup(List.copyOf(made.values()));
            services.start();
            return new LiveStack(local, services, cluster);
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    SchemaRegistry registry() {
        return registry;
    }

    byte[] encode(LabeledExample example) {
        return AvroSerde.of(LabeledExample.class, registry)
                .serializer()
                .serialize(Topic.EXAMPLES.of("freshet"), example);
    }

    /** Sends a record and waits until the broker has it. */
    void send(String key, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topic.EXAMPLES.of("freshet"), key, value))
                .get();
    }

    /** Follows the topics until the condition holds; fails where a service stops or patience ends. */
    StreamView await(String what, Predicate<StreamView> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(view)) {
            if (services.failure() != null) {
                throw new AssertionError("while waiting for " + what, services.failure());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "%s did not come within %s; admitted %d, held out %d, rejected %s, checkpoints %d"
                                .formatted(
                                        what,
                                        PATIENCE,
                                        view.admitted(),
                                        view.heldOut(),
                                        view.rejected(),
                                        view.checkpoints().size()));
            }
            tail.poll(Duration.ofMillis(200));
        }
        return view;
    }

    @Override
    public void close() {
        tail.close();
        producer.close();
        try {
            services.close();
        } finally {
            local.close();
        }
    }
}
