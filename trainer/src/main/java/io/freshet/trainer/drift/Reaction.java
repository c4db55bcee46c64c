package io.freshet.trainer.drift;

import java.util.Locale;

/** What follows an alarm. */
public enum Reaction {
    /** The alarm is told. */
    ALARM,
    /** The learning rate's warm-up and schedule begin again. */
    REWARM,
    /** What is remembered from before the change is dropped. */
    SHRINK,
    /** A checkpoint is published at once, as a candidate. */
    CANDIDATE;

    /** Returns the name it has in a configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the reaction of that name. */
    public static Reaction of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
