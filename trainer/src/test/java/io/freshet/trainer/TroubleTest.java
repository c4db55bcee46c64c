package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.core.store.MissingFileException;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TroubleTest {

    @Test
    void aFencedTrainerDoesNotTakeTheModelBack() {
        KafkaException wrapped = new KafkaException("cannot commit", new ProducerFencedException("older epoch"));
        assertThat(Trouble.of(wrapped)).isEqualTo(Trouble.FENCED);
        assertThat(Trouble.stop(wrapped, "m-trainer")).hasMessageContaining("'m-trainer' took over");
    }

    @Test
    void whatMayPassIsTriedAgain() {
        assertThat(Trouble.of(new TimeoutException("broker away"))).isEqualTo(Trouble.RELOAD);
        assertThat(Trouble.of(new IOException("disk full"))).isEqualTo(Trouble.RELOAD);
    }

    @Test
    void whatCannotPassStopsTheTrainer() {
        assertThat(Trouble.of(new TopicAuthorizationException("t"))).isEqualTo(Trouble.FATAL);
        assertThat(Trouble.of(new MissingFileException("f"))).isEqualTo(Trouble.FATAL);
        assertThat(Trouble.of(new IllegalStateException("a defect"))).isEqualTo(Trouble.FATAL);
    }

    @Test
    void lostRecordsAreNamedWithTheRemedy() {
        OffsetOutOfRangeException lost = new OffsetOutOfRangeException(Map.of(new TopicPartition("t", 0), 5L));
        assertThat(Trouble.of(lost)).isEqualTo(Trouble.FATAL);
        assertThat(Trouble.stop(lost, "m-trainer")).hasMessageContaining("raise the topic's retention");
    }
}
