package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwappableTest {

    /** Stands for native memory: knows how often it was freed. */
    private static final class Resource {
        final int number;
        final AtomicInteger releases = new AtomicInteger();

        Resource(int number) {
            this.number = number;
        }

        boolean released() {
            return releases.get() > 0;
        }
    }

    private final Swappable<Resource> swappable = new Swappable<>(resource -> resource.releases.incrementAndGet());

    @Test
    void hasNothingToLeaseBeforeTheFirst() {
        assertThat(swappable.lease()).isEmpty();
        assertThat(swappable.peek()).isEmpty();
    }

    @Test
    void releasesTheOldOneAtOnceWhenNobodyHoldsIt() {
        Resource old = put(1);
        put(2);

        assertThat(old.releases).hasValue(1);
    }

    @Test
    void releasesTheOldOneAfterItsLastLease() {
        Resource old = put(1);
        Lease<Resource> first = swappable.lease().orElseThrow();
        Lease<Resource> second = swappable.lease().orElseThrow();
        put(2);

        first.close();
        assertThat(old.released()).as("one lease is left").isFalse();
        second.close();
        assertThat(old.releases).hasValue(1);
    }

    @Test
    void endsALeaseOnlyOnceHoweverOftenItIsClosed() {
        Resource old = put(1);
        Lease<Resource> closedTwice = swappable.lease().orElseThrow();
        Lease<Resource> other = swappable.lease().orElseThrow();
        put(2);

        closedTwice.close();
        closedTwice.close();
        assertThat(old.released()).isFalse();
        other.close();
        assertThat(old.releases).hasValue(1);
    }

    @Test
    void releasesTheLastOneWhenClosedAndLeasesNoMore() {
        Resource last = put(1);
        Lease<Resource> lease = swappable.lease().orElseThrow();

        swappable.close();
        swappable.close();

        assertThat(swappable.lease()).isEmpty();
        assertThat(last.released()).isFalse();
        lease.close();
        assertThat(last.releases).hasValue(1);
    }

    @Test
    void releasesWhatArrivesAfterTheEnd() {
        swappable.close();
        Resource late = new Resource(1);

        assertThat(swappable.swap(late)).isFalse();
        assertThat(late.releases).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverLendsAReleasedOneNorGoesBackUnderManyThreads(long seed) throws Exception {
        int readers = 6;
        int swaps = 2_000;
        List<Resource> all = new ArrayList<>(List.of(put(0)));
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int reader = 0; reader < readers; reader++) {
                results.add(threads.submit(reader(new SplittableRandom(seed * 31 + reader), done)));
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (int number = 1; number <= swaps; number++) {
                spin(random.nextInt(2_000));
                all.add(put(number));
            }
            done.countDown();
            for (Future<Integer> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS))
                        .as("seed %d: ends on the newest", seed)
                        .isEqualTo(swaps);
            }
        } finally {
            done.countDown();
            threads.shutdownNow();
        }
        swappable.close();
        assertThat(all)
                .as("seed %d", seed)
                .allSatisfy(resource -> assertThat(resource.releases)
                        .as("releases of %d", resource.number)
                        .hasValue(1));
    }

    /** Leases, works and checks until told to stop, then once more; returns the number it saw last. */
    private Callable<Integer> reader(SplittableRandom random, CountDownLatch done) {
        return () -> {
            int last = -1;
            boolean lastRound = false;
            while (true) {
                try (Lease<Resource> lease = swappable.lease().orElseThrow()) {
                    Resource resource = lease.value();
                    if (resource.number < last) {
                        throw new AssertionError("went back from %d to %d".formatted(last, resource.number));
                    }
                    spin(random.nextInt(500));
                    if (resource.released()) {
                        throw new AssertionError("%d was released under a lease".formatted(resource.number));
                    }
                    last = resource.number;
                }
                if (lastRound) {
                    return last;
                }
                lastRound = done.getCount() == 0;
            }
        };
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }

    private Resource put(int number) {
        Resource resource = new Resource(number);
        assertThat(swappable.swap(resource)).isTrue();
        return resource;
    }
}
