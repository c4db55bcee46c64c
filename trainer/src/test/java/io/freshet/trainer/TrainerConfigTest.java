package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.config.ConfigException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {

    private static Map<String, String> with(String... more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "http://127.0.0.1:2",
                "checkpoint.store", "file:///tmp/store"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return given;
    }

    @Test
    void theDefaultsAreUsable() {
        TrainerConfig config = TrainerConfig.from(with());
        assertThat(config.identity()).isEqualTo("freshet-trainer");
        assertThat(config.learner().labelLimit()).isEqualTo(1_000);
        assertThat(config.cutLimits().examples()).isPositive();
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> TrainerConfig.from(
                        with("batch.size", "0", "learning.rate", "two", "trainer.strategy", "hope", "lables.max", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("batch.size")
                .hasMessageContaining("learning.rate")
                .hasMessageContaining("trainer.strategy")
                .hasMessageContaining("did you mean labels.max?");
    }

    @Test
    void theHashFollowsWhatDecidesTheWeightsAndNothingElse() {
        String hash = TrainerConfig.from(with()).hash();
        assertThat(TrainerConfig.from(with("checkpoint.every.examples", "7")).hash())
                .isEqualTo(hash);
        assertThat(TrainerConfig.from(with("learning.rate", "1e-5")).hash()).isNotEqualTo(hash);
        assertThat(TrainerConfig.from(with("replay.ratio", "0")).hash()).isNotEqualTo(hash);
    }

    @Test
    void everySettingIsDescribed() {
        TrainerConfig.DEFINITION
                .configKeys()
                .forEach((key, definition) ->
                        assertThat(definition.documentation).as(key).endsWith("."));
    }
}
