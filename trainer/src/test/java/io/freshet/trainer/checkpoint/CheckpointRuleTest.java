package io.freshet.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointRuleTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(1);
    private final CheckpointRule rule = new CheckpointRule(100, Duration.ofMinutes(1), Duration.ofSeconds(2));

    @Test
    void isDueAfterSoManyRecords() {
        assertThat(rule.due(99, SHORT, SHORT, true)).isFalse();
        assertThat(rule.due(100, SHORT, SHORT, true)).isTrue();
    }

    @Test
    void isDueAfterSoLongOnlyIfAnythingIsNew() {
        assertThat(rule.due(1, LONG, SHORT, true)).isTrue();
        assertThat(rule.due(0, LONG, SHORT, true)).isFalse();
    }

    @Test
    void isDueWhenIdleOnlyIfAnyOffsetWasPassed() {
        assertThat(rule.due(0, SHORT, LONG, true)).isTrue();
        assertThat(rule.due(0, SHORT, LONG, false)).isFalse();
    }
}
