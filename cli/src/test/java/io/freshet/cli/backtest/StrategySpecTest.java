package io.freshet.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategySpecTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsNamesSettingsAndLabels() {
        List<StrategySpec> specs = BacktestRequest.strategies(
                "naive, replay{replay.size=750;replay.ratio=1},small:replay{replay.size=60},low:linear{linear.rate=0.1}",
                Map.of(),
                problems);
        assertThat(problems).isEmpty();
        assertThat(specs)
                .containsExactly(
                        new StrategySpec("naive", "naive", Map.of()),
                        new StrategySpec(
                                "replay{replay.size=750;replay.ratio=1}",
                                "replay",
                                Map.of("replay.size", "750", "replay.ratio", "1")),
                        new StrategySpec("small", "replay", Map.of("replay.size", "60")),
                        new StrategySpec("low", "linear", Map.of("linear.rate", "0.1")));
    }

    @Test
    void readsListsInsideOfBraces() {
        List<StrategySpec> specs =
                StrategySpec.parse("naive{trainer.tuning=lora;trainer.lora.targets=query,value},linear", problems);
        assertThat(problems).isEmpty();
        assertThat(specs.get(0).settings()).containsEntry("trainer.lora.targets", "query,value");
        assertThat(specs).hasSize(2);
    }

    @Test
    void namesEveryProblemAtOnce() {
        List<StrategySpec> unused = BacktestRequest.strategies(
                "nave,replay{replay.sise=3;replay.ratio=x},linear{rate=1},a:naive,a:naive,replay{size},{",
                Map.of(),
                problems);
        assertThat(unused).isNotEmpty();
        assertThat(String.join("\n", problems))
                .contains("strategy 'nave': Invalid value nave")
                .contains("Invalid value x for configuration replay.ratio")
                .contains("did you mean replay.size?")
                .contains("strategy 'linear{rate=1}': rate is not a known setting")
                .contains("strategy 'a' is named twice")
                .contains("'size' is not key=value")
                .contains("strategy '{'");
    }

    @Test
    void givesTheLinearModelOnlyWhatItKnowsOfTheCommonSettings() {
        List<StrategySpec> specs = BacktestRequest.strategies(
                "linear-replay,replay", Map.of("learning.rate", "1e-3", "replay.size", "10"), problems);
        assertThat(problems).isEmpty();
        assertThat(Kind.LINEAR_REPLAY.settings(specs.get(0), Map.of("learning.rate", "1e-3", "replay.size", "10")))
                .isEqualTo(Map.of("replay.size", "10"));
    }

    @Test
    void letsTheRateOfEverythingFallToNothingAtItsEnd() {
        Map<String, String> settings = new HashMap<>(Map.of("batch.size", "10"));
        FallingRate.into(settings, 101, 3);
        assertThat(settings)
                .containsEntry("learning.rate.schedule", "cosine")
                .containsEntry("learning.rate.floor", "0")
                .containsEntry("learning.rate.horizon.steps", "51"); // 33 steps are fewer than the warm-up of 50
        Map<String, String> more = new HashMap<>(Map.of("batch.size", "10"));
        FallingRate.into(more, 101, 30);
        assertThat(more).containsEntry("learning.rate.horizon.steps", "330");
        Map<String, String> own = new HashMap<>(Map.of("learning.rate.schedule", "constant"));
        FallingRate.into(own, 101, 3);
        assertThat(own).isEqualTo(Map.of("learning.rate.schedule", "constant"));
    }
}
