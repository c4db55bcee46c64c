package io.freshet.trainer;

import io.freshet.schemas.Topic;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Makes the sending of a manifest fail, in the middle of its transaction, as often as it was told to. */
public final class FailingPartitioner implements Partitioner {

    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        boolean genesis = String.valueOf(key).startsWith("genesis");
        if (topic.endsWith(Topic.CHECKPOINTS.of(""))
                && !genesis
                && FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new KafkaException("planted");
        }
        return 0;
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
