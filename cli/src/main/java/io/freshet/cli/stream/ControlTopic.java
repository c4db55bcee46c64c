package io.freshet.cli.stream;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends what a person tells the services. */
public final class ControlTopic {

    private ControlTopic() {}

    /**
     * Sends one command to the trainer and waits until the broker has it.
     *
     * @throws IOException if the broker does not take it
     */
    public static void send(Cluster cluster, String command, String who, @Nullable String reason) throws IOException {
        send(
                cluster,
                ControlCommand.newBuilder()
                        .setCommand(command)
                        .setWho(who)
                        .setReason(reason)
                        .setTime(Instant.now())
                        .build());
    }

    /**
     * Sends one command and waits until the broker has it.
     *
     * @throws IOException if the broker does not take it
     */
    public static void send(Cluster cluster, ControlCommand record) throws IOException {
        String command = record.getCommand();
        var serializer = AvroSerde.of(ControlCommand.class, cluster.registry()).serializer();
        try (KafkaProducer<String, ControlCommand> producer =
                new KafkaProducer<>(Map.copyOf(cluster.clientSettings()), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(Topic.CONTROL.of(cluster.modelName()), command, record))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("%s was not taken: %s".formatted(command, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending " + command, e);
        }
    }
}
