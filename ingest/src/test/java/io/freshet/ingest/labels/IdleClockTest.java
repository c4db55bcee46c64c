package io.freshet.ingest.labels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdleClockTest {

    private final IdleClock clock = new IdleClock();

    @Test
    void runsOnWhileNoRecordComes() {
        assertThat(clock.now(1_000, 50)).isEqualTo(1_000);
        assertThat(clock.now(1_000, 80)).isEqualTo(1_030);
    }

    @Test
    void isSetByRecordsHoweverLongItRanOn() {
        clock.now(1_000, 50);
        clock.now(1_000, 9_050);

        assertThat(clock.now(2_000, 9_060)).isEqualTo(2_000);
        assertThat(clock.now(2_000, 9_061)).isEqualTo(2_001);
    }

    @Test
    void aClockThatIsSetBackDoesNotTurnItBack() {
        clock.now(1_000, 50);

        assertThat(clock.now(1_000, 20)).isEqualTo(1_000);
    }
}
