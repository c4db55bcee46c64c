package io.freshet.cli.stream;

import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The records that were not admitted. */
public final class RejectedRecords {

    private RejectedRecords() {}

    /**
     * Reads all there are now.
     *
     * @param reason only those with this code; null for all
     */
    public static List<RejectedExample> read(Cluster cluster, @Nullable String reason) {
        List<RejectedExample> found = new ArrayList<>();
        StreamListener listener = new StreamListener() {
            @Override
            public void rejected(RejectedExample rejected) {
                if (reason == null || reason.equals(rejected.getReason())) {
                    found.add(rejected);
                }
            }
        };
        try (StreamTail tail = new StreamTail(cluster, cluster.registry(), Set.of(Topic.REJECTED), listener)) {
            tail.readToEnd();
        }
        return found;
    }

    /**
     * Sends the original bytes to where they came from, the topic of examples or that of labels; ingest judges them anew.
     *
     * @return how many the broker acknowledged
     * @throws IOException if one was not acknowledged
     */
    public static int replay(Cluster cluster, List<RejectedExample> rejected) throws IOException {
        String examples = Topic.EXAMPLES.of(cluster.modelName());
        String labels = Topic.LABELS.of(cluster.modelName());
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.copyOf(cluster.clientSettings()), new StringSerializer(), new ByteArraySerializer())) {
            for (RejectedExample example : rejected) {
                String topic = Topic.LABELS.names(example.getTopic()) ? labels : examples;
                byte[] bytes = new byte[example.getOriginal().remaining()];
                example.getOriginal().duplicate().get(bytes);
                var unused =
                        producer.send(new ProducerRecord<>(topic, example.getId(), bytes), (metadata, exception) -> {
                            if (exception != null) {
                                failure.compareAndSet(null, exception);
                            }
                        });
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IOException("not every record was taken by %s or %s".formatted(examples, labels), failure.get());
        }
        return rejected.size();
    }
}
