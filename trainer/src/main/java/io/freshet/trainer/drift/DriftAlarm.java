package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was seen.
 *
 * @param detector its name
 * @param at number of the example at which it was seen, counted from 0 over all learned from
 * @param since number of the example with which it is estimated to have begun
 * @param before mean error before; of texts, the smallest significant discrepancy
 * @param after mean error since; of texts, the discrepancy found
 */
public record DriftAlarm(
        @JsonProperty("detector") String detector,
        @JsonProperty("at") long at,
        @JsonProperty("since") long since,
        @JsonProperty("before") double before,
        @JsonProperty("after") double after) {

    /** Name of the two-sample test on the encoder's features. */
    public static final String MMD = "mmd";

    public DriftAlarm {
        if (since > at) {
            throw new IllegalArgumentException("a change since %d was seen before, at %d".formatted(since, at));
        }
    }
}
