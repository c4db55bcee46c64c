package io.freshet.trainer;

import io.freshet.core.store.CorruptFileException;
import io.freshet.core.store.MissingFileException;
import io.freshet.schemas.RegistryUnavailableException;
import java.io.IOException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** What is to be done about an error. */
enum Trouble {
    /** Another trainer of the same model took over. */
    FENCED,
    /** Drop the weights and go on from the newest checkpoint. */
    RELOAD,
    /** Nothing that trying again would mend. */
    FATAL;

    static Trouble of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // The epoch is the only fence. A reload would take it back, and two trainers would take turns for ever.
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return FENCED;
            }
            if (cause instanceof InvalidOffsetException
                    || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof MissingFileException
                    || cause instanceof CorruptFileException) {
                return FATAL;
            }
        }
        return error instanceof KafkaException
                        || error instanceof IOException
                        || error instanceof RegistryUnavailableException
                ? RELOAD
                : FATAL;
    }

    /** Returns what is said of {@code error} where it stops the trainer. */
    static TrainerStoppedException stop(Throwable error, String transactionalId) {
        if (error instanceof TrainerStoppedException stopped) {
            return stopped;
        }
        if (of(error) == FENCED) {
            return new TrainerStoppedException(
                    "another trainer with the transactional id '%s' took over; run one trainer a model, and stop the other one before starting this again"
                            .formatted(transactionalId),
                    error);
        }
        if (error instanceof InvalidOffsetException) {
            return new TrainerStoppedException(
                    "records that the newest checkpoint goes on from are no longer in the topic: %s; raise the topic's retention, or begin under another model.name"
                            .formatted(error.getMessage()),
                    error);
        }
        return new TrainerStoppedException("the trainer stopped: " + error, error);
    }
}
