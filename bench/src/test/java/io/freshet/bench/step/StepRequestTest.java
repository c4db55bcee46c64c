package io.freshet.bench.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepRequestTest {

    @Test
    void measuresEveryNamedModelWhereNoneIsSaid() {
        assertThat(request(List.of(), 1, 0, Clock.ELAPSED).subjects())
                .extracting(Subject::name)
                .containsExactlyElementsOf(StepRequest.names());
    }

    @Test
    void refusesAModelThatIsNeitherANameNorADirectory() {
        StepRequest request = request(List.of("bert-9x9"), 1, 0, Clock.ELAPSED);
        assertThatThrownBy(request::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bert-9x9")
                .hasMessageContaining("bert-4x256");
    }

    @Test
    void refusesNoRoundsAndAClockThatWouldMissThreads() {
        assertThatThrownBy(() -> request(List.of(), 0, 0, Clock.ELAPSED)).hasMessageContaining("rounds 0 is below 1");
        assertThatThrownBy(() -> request(List.of(), 1, 2, Clock.CPU)).hasMessageContaining("--threads 1");
        assertThatThrownBy(() -> Clock.of("wall"))
                .hasMessageContaining("--clock wall")
                .hasMessageContaining("elapsed");
    }

    private static StepRequest request(List<String> models, int rounds, int threads, Clock clock) {
        return new StepRequest(models, List.of(), "made", rounds, 4, 2, threads, clock, null);
    }
}
