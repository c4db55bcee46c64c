package io.freshet.cli.backtest;

import io.freshet.trainer.OfflinePass;
import io.freshet.trainer.TrainerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What stands behind a strategy's name. */
enum Kind {
    /** The trainer, with the strategy of that name. */
    TRAINER,
    /** The trainer over the whole stream again and again, in a new order each time: the upper bound. */
    EVERYTHING,
    /** The linear baseline. */
    LINEAR,
    /** The linear baseline with a replay memory. */
    LINEAR_REPLAY;

    static Kind of(String name) {
        return switch (name) {
            case "everything" -> EVERYTHING;
            case "linear" -> LINEAR;
            case "linear-replay" -> LINEAR_REPLAY;
            default -> TRAINER;
        };
    }

    boolean isLinear() {
        return this == LINEAR || this == LINEAR_REPLAY;
    }

    /**
     * Returns all settings of a strategy.
     *
     * @param common what holds for all strategies; the linear baseline takes from it what it knows
     */
    Map<String, String> settings(StrategySpec spec, Map<String, String> common) {
        Map<String, String> all = new HashMap<>(common);
        if (isLinear()) {
            all.keySet().retainAll(LinearSettings.DEFINITION.names());
        } else {
            all.put(TrainerConfig.STRATEGY, this == EVERYTHING ? "naive" : spec.name());
        }
        all.putAll(spec.settings());
        return all;
    }

    /** @throws io.freshet.core.config.ConfigException naming every problem at once */
    void check(Map<String, String> settings) {
        if (isLinear()) {
            LinearSettings.from(settings, this == LINEAR_REPLAY);
        } else {
            OfflinePass.check(settings);
        }
    }

    Contestant open(Path model, Map<String, String> settings) {
        return isLinear()
                ? new Linear(LinearSettings.from(settings, this == LINEAR_REPLAY))
                : new Trained(model, settings);
    }
}
