package io.freshet.client;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code champions} from its beginning, committed records only. Confined to one thread but for {@link #wakeup}. */
final class ChampionLog implements AutoCloseable {

    /** How long silence is taken for "nothing new" before the broker is asked whether it is still there. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final String model;
    private final TopicPartition partition;
    private final Duration patience;
    private final KafkaConsumer<String, byte[]> consumer;
    private final RecordDecoder<ChampionUpdate> decoder;
    private Duration silent = Duration.ZERO;
    private long end;

    /** Makes the consumer; nothing is asked of Kafka yet. */
    ChampionLog(ModelUpdatesConfig config, SchemaRegistry registry) {
        this.model = config.modelName();
        this.partition = new TopicPartition(Topic.CHAMPIONS.of(model), 0);
        this.patience = config.connectTimeout();
        this.decoder = RecordDecoder.of(ChampionUpdate.class, registry);
        this.consumer = new KafkaConsumer<>(properties(config), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> properties(ModelUpdatesConfig config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, config.modelName() + "-model-updates");
        properties.putAll(config.consumer());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Wherever the log begins is right: it is compacted, and only the newest record counts.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }

    /**
     * Goes to the beginning of the log.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer or does not have the topic
     */
    void connect() {
        consumer.assign(List.of(partition));
        end = askForEnd();
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * Passes on what has arrived, oldest first.
     *
     * @param unusable told of records that name no champion; they are passed over
     * @throws io.freshet.schemas.RegistryUnavailableException if a record cannot be read for now
     * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup}
     */
    void poll(Duration longest, Consumer<Champion> offered, BiConsumer<String, Exception> unusable) {
        List<ConsumerRecord<String, byte[]>> records = consumer.poll(longest).records(partition);
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() != null && model.equals(record.key())) {
                read(record, offered, unusable);
            }
        }
        silent = records.isEmpty() ? silent.plus(longest) : Duration.ZERO;
        if (silent.compareTo(SILENCE) >= 0) {
            askForEnd();
            silent = Duration.ZERO;
        }
    }

    private void read(
            ConsumerRecord<String, byte[]> record, Consumer<Champion> offered, BiConsumer<String, Exception> unusable) {
        Champion champion;
        try {
            champion = Champion.of(decoder.decode(record.value()));
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            unusable.accept("%s offset %d".formatted(partition, record.offset()), e);
            return;
        }
        offered.accept(champion);
    }

    /** Whether everything that was in the log when it was opened has been passed on. */
    boolean caughtUp() {
        return consumer.position(partition, patience) >= end;
    }

    private long askForEnd() {
        return Objects.requireNonNull(
                consumer.endOffsets(List.of(partition), patience).get(partition), "the broker's end offset");
    }

    /** Ends a {@link #poll} or {@link #connect} in progress, or the next one; any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
