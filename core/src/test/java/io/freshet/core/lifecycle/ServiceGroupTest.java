package io.freshet.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ServiceGroupTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void closesInReverseOrderOfStart() {
        try (ServiceGroup group = new ServiceGroup(List.of(new Recording("a"), new Recording("b")))) {
            group.start();
        }
        assertThat(calls).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void closesTheServiceWhoseStartFailedAndThoseBeforeIt() {
        Service broken = new Recording("broken") {
            @Override
            public void start() {
                throw new IllegalStateException("port 8080 is taken");
            }
        };
        ServiceGroup group = new ServiceGroup(List.of(new Recording("a"), broken, new Recording("never")));

        assertThatThrownBy(group::start)
                .isInstanceOf(ServiceStartException.class)
                .hasMessage("service 'broken' failed to start: port 8080 is taken");
        assertThat(calls).containsExactly("start a", "close broken", "close a");
    }

    @Test
    void closesWhatStartedWhenANativeLibraryDoesNotLoad() {
        Service broken = new Recording("broken") {
            @Override
            public void start() {
                throw new UnsatisfiedLinkError("libtorch.so: GLIBC_2.34 not found");
            }
        };
        ServiceGroup group = new ServiceGroup(List.of(new Recording("a"), broken));

        assertThatThrownBy(group::start).hasMessageContaining("GLIBC_2.34 not found");
        assertThat(calls).containsExactly("start a", "close broken", "close a");
    }

    @Test
    void closesTheOthersWhenOneFailsToClose() {
        Service stuck = new Recording("stuck") {
            @Override
            public void close() {
                throw new IllegalStateException("still busy");
            }
        };
        ServiceGroup group = new ServiceGroup(List.of(new Recording("a"), stuck));
        group.start();

        assertThatThrownBy(group::close)
                .isInstanceOf(ServiceStopException.class)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .hasToString("java.lang.IllegalStateException: still busy"));
        assertThat(calls).containsExactly("start a", "start stuck", "close a");
    }

    @Test
    void startsNothingOnceItIsClosed() {
        ServiceGroup group = new ServiceGroup(List.of(new Recording("a")));
        group.close();
        group.start();
        group.close();
        assertThat(calls).isEmpty();
    }

    @Test
    void interruptsAStartThatWaitsWhenItIsClosed() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Service patient = new Recording("patient") {
            @Override
            public void start() {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted", e);
                }
            }
        };
        ServiceGroup group = new ServiceGroup(List.of(patient));
        CompletableFuture<Void> start = CompletableFuture.runAsync(group::start);
        waiting.await();

        group.close();

        assertThat(start)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(InterruptedException.class);
        assertThat(calls).containsExactly("close patient");
    }

    @Test
    void namesTheServiceThatStoppedByItself() {
        Service stopped = new Recording("trainer") {
            @Override
            public @Nullable Throwable failure() {
                return new IllegalStateException("fenced");
            }
        };
        ServiceGroup group = new ServiceGroup(List.of(new Recording("a"), stopped));

        assertThat(new ServiceGroup(List.of(new Recording("a"))).failure()).isNull();
        assertThat(group.failure())
                .isNotNull()
                .hasMessage("service 'trainer' stopped: java.lang.IllegalStateException: fenced");
    }

    private class Recording implements Service {
        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            calls.add("start " + name);
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }
    }
}
