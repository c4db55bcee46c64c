package io.freshet.cli.backtest;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.Settings;
import io.freshet.trainer.TrainerConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Settings of the linear baseline.
 *
 * @param rate of learning
 * @param bits of the hash of a feature
 * @param replaySize most examples kept; 0 for none
 * @param replayRatio examples replayed for each new one
 * @param seed of the memory
 */
record LinearSettings(double rate, int bits, int replaySize, double replayRatio, long seed) {

    private static final String RATE = "linear.rate";
    private static final String BITS = "linear.bits";

    /** Chosen on the validation split of CLINC150, by domain and shuffled, among 0.1, 0.2, 0.5, 1 and 2. */
    private static final double DEFAULT_RATE = 1;

    static final ConfigDef DEFINITION = definition();

    private static ConfigDef definition() {
        Map<String, Object> trainer = TrainerConfig.DEFINITION.defaultValues();
        return new ConfigDef()
                .define(RATE, Type.DOUBLE, DEFAULT_RATE, Range.between(1e-6, 100), HIGH, "AdaGrad's learning rate.")
                .define(BITS, Type.INT, 18, Range.between(1, 24), MEDIUM, "Bits of the hash of a feature.")
                .define(
                        TrainerConfig.REPLAY_SIZE,
                        Type.INT,
                        trainer.get(TrainerConfig.REPLAY_SIZE),
                        Range.between(0, 10_000_000),
                        MEDIUM,
                        "Examples in the replay memory, as the trainer's.")
                .define(
                        TrainerConfig.REPLAY_RATIO,
                        Type.DOUBLE,
                        trainer.get(TrainerConfig.REPLAY_RATIO),
                        Range.between(0, 100),
                        MEDIUM,
                        "Replayed examples for each new one, as the trainer's.")
                .define(TrainerConfig.SEED, Type.LONG, 17, MEDIUM, "Seed of the memory.");
    }

    /**
     * Reads them.
     *
     * @param replay whether there is a replay memory
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    static LinearSettings from(Map<String, String> given, boolean replay) {
        Settings settings = Settings.read(DEFINITION, given);
        return new LinearSettings(
                settings.decimal(RATE),
                settings.integer(BITS),
                replay ? settings.integer(TrainerConfig.REPLAY_SIZE) : 0,
                settings.decimal(TrainerConfig.REPLAY_RATIO),
                settings.number(TrainerConfig.SEED));
    }
}
