package io.freshet.trainer;

import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic {@code control}: the newest of {@value #PAUSE} and {@value #RESUME} holds, across restarts too. */
final class ControlFeed {

    static final String PAUSE = "trainer.pause";
    static final String RESUME = "trainer.resume";

    private static final Logger log = LoggerFactory.getLogger(ControlFeed.class);

    private final RecordDecoder<ControlCommand> decoder;
    private final FollowedTopic followed;
    private boolean paused;

    /** Reads the topic from its beginning to its present end; does not own {@code consumer}. */
    ControlFeed(Consumer<byte[], byte[]> consumer, String topic, RecordDecoder<ControlCommand> decoder, Time time) {
        this.decoder = decoder;
        this.followed = new FollowedTopic(consumer, topic, time, this::follow);
    }

    /** Returns whether training is to pause; looks for new commands a few times a second. */
    boolean paused() {
        followed.refresh();
        return paused;
    }

    /** Waits for a command, at most {@code atMost}. */
    void await(Duration atMost) {
        followed.await(atMost);
    }

    private void follow(ConsumerRecord<byte[], byte[]> record) {
        try {
            ControlCommand command = decoder.decode(record.value());
            switch (command.getCommand()) {
                case PAUSE -> set(true, command);
                case RESUME -> set(false, command);
                default -> log.debug("{} is for another service", command.getCommand());
            }
        } catch (UndecodableRecordException e) {
            log.warn("offset {} of {} is no command: {}", record.offset(), record.topic(), e.getMessage());
        }
    }

    private void set(boolean pause, ControlCommand command) {
        if (pause != paused) {
            log.info("{} by {}: {}", command.getCommand(), command.getWho(), command.getReason());
        }
        paused = pause;
    }
}
