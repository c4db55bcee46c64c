package io.freshet.trainer.drift;

import java.util.Locale;

/** The detectors that can be chosen by name. */
public enum Detection {
    /** Nothing watches the errors. */
    NONE,
    ADWIN,
    PAGE_HINKLEY,
    DDM,
    KSWIN;

    /** Returns the name it has in a configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the detector of that name. */
    public static Detection of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
