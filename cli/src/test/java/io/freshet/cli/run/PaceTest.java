package io.freshet.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @Test
    void spacesRecordsEvenlyAndCatchesUp() {
        // A clock that moves a millisecond each time it is read: at 100 a second the 11th record is due after 100 ms.
        AtomicLong clock = new AtomicLong();
        Rate rate = new Rate(100, () -> clock.addAndGet(1_000_000));
        for (int sent = 0; sent <= 10; sent++) {
            rate.await(sent);
        }
        assertThat(clock.get()).isBetween(100_000_000L, 104_000_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARateThatIsNotAboveZero(double rate) {
        assertThatThrownBy(() -> new Rate(rate)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publishesOnlySoFarAheadOfLearning() throws InterruptedException {
        Lead lead = new Lead(3);
        AtomicLong sent = new AtomicLong();
        CountDownLatch fifth = new CountDownLatch(5);
        Thread publisher = publisher(lead, sent, fifth, 5);
        lead.settled(1); // the fifth record, number 4, is 3 ahead of it
        assertThat(fifth.await(100, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(sent.get()).isLessThanOrEqualTo(4);
        lead.settled(2);
        assertThat(fifth.await(10, TimeUnit.SECONDS)).isTrue();
        publisher.join(10_000);
    }

    @Test
    void publishesEverythingOnceReleasedOrWithoutALimit() throws InterruptedException {
        Lead lead = new Lead(1);
        CountDownLatch last = new CountDownLatch(100);
        Thread publisher = publisher(lead, new AtomicLong(), last, 100);
        lead.release();
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        publisher.join(10_000);
        new Lead(0).await(Long.MAX_VALUE);
    }

    private static Thread publisher(Lead lead, AtomicLong sent, CountDownLatch each, int records) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < records; i++) {
                lead.await(sent.get());
                sent.incrementAndGet();
                each.countDown();
            }
        });
        thread.start();
        return thread;
    }
}
