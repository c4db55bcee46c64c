package io.freshet.trainer;

import io.freshet.schemas.RejectedExample;
import io.freshet.trainer.learn.Learnable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the train topic. */
sealed interface Arrival {

    /** Returns the tokens it adds to a micro-batch; 0 if it is not learned from. */
    int tokens();

    /** One to learn from; the record is kept because the example may still be rejected, with its original bytes. */
    record Fresh(Learnable example, ConsumerRecord<byte[], byte[]> origin) implements Arrival {
        @Override
        public int tokens() {
            return example.encoded().length();
        }
    }

    /** One that cannot be learned from. */
    record Refused(RejectedExample rejection) implements Arrival {
        @Override
        public int tokens() {
            return 0;
        }
    }
}
