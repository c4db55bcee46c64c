package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToTheLongestAndNeverOverflows() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(250));

        assertThat(backoff.after(1)).hasMillis(100);
        assertThat(backoff.after(2)).hasMillis(200);
        assertThat(backoff.after(3)).hasMillis(250);
        assertThat(backoff.after(Integer.MAX_VALUE)).hasMillis(250);
    }

    @Test
    void refusesWaitsThatDescend() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2S");
    }
}
