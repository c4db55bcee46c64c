package io.freshet.cli.backtest;

import io.freshet.trainer.TrainerConfig;
import java.util.Map;

/** Learning that knows its end lets its rate fall to nothing there. */
final class FallingRate {

    private static final String SCHEDULE = "learning.rate.schedule";

    private FallingRate() {}

    /** Adds a cosine over all epochs to settings that do not say how their rate goes. */
    static void into(Map<String, String> settings, int examples, int epochs) {
        if (!settings.containsKey(SCHEDULE)) {
            int step = number(settings, TrainerConfig.BATCH_SIZE) * number(settings, TrainerConfig.BATCH_ACCUMULATION);
            long steps = (long) epochs * ((examples + step - 1) / step) * number(settings, TrainerConfig.BATCH_STEPS);
            long warmUp = Long.parseLong(value(settings, "learning.warmup.steps"));
            settings.put(SCHEDULE, "cosine");
            settings.put("learning.rate.horizon.steps", String.valueOf(Math.max(steps, warmUp + 1)));
            settings.put("learning.rate.floor", "0");
        }
    }

    private static int number(Map<String, String> settings, String key) {
        return Integer.parseInt(value(settings, key));
    }

    private static String value(Map<String, String> settings, String key) {
        return settings.getOrDefault(
                key, String.valueOf(TrainerConfig.DEFINITION.defaultValues().get(key)));
    }
}
