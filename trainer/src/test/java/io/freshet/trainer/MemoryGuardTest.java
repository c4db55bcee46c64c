package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong resident = new AtomicLong(100);
    private final Time time = new Time(Clock.systemUTC(), nanos::get);

    private MemoryGuard guard(long limit) {
        return new MemoryGuard(limit, () -> OptionalLong.of(resident.get()), time);
    }

    @Test
    void complainsWithFigureLimitAndRemedy() {
        MemoryGuard guard = guard(200);
        assertThat(guard.complaint()).isEmpty();
        resident.set(201);
        nanos.addAndGet(1_000_000_000L);
        assertThat(guard.complaint())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("201 MiB")
                        .contains("trainer.memory.limit.mb = 200")
                        .contains("start the trainer again"));
    }

    @Test
    void looksAtMostOnceASecond() {
        MemoryGuard guard = guard(200);
        assertThat(guard.complaint()).isEmpty();
        resident.set(500);
        nanos.addAndGet(999_999_999L);
        assertThat(guard.complaint()).isEmpty();
    }

    @Test
    void isSilentWithoutALimit() {
        resident.set(Long.MAX_VALUE);
        assertThat(guard(0).complaint()).isEmpty();
    }

    @Test
    void knowsTheMemoryOfThisProcess() {
        assertThat(Machine.residentMib().orElse(0)).isBetween(10L, 1_000_000L);
        assertThat(Machine.cpu()).isNotBlank();
    }
}
