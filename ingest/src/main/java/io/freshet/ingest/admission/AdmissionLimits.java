package io.freshet.ingest.admission;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an example must keep to by itself.
 *
 * @param textMaxCharacters Unicode characters that a text, and its pair, may have; at least 1
 * @param labelRequired whether an example without a label is rejected
 * @param allowedLabels the labels admitted; empty for any
 * @param labelPattern what the whole of a label must match; empty for any
 * @param futureLimit how far an event's time may be ahead of the time at which the broker appended it; not negative
 */
public record AdmissionLimits(
        int textMaxCharacters,
        boolean labelRequired,
        Set<String> allowedLabels,
        Optional<Pattern> labelPattern,
        Duration futureLimit) {

    public AdmissionLimits {
        if (textMaxCharacters < 1) {
            throw new IllegalArgumentException("textMaxCharacters %d is below 1".formatted(textMaxCharacters));
        }
        if (futureLimit.isNegative()) {
            throw new IllegalArgumentException("futureLimit %s is negative".formatted(futureLimit));
        }
        allowedLabels = Set.copyOf(allowedLabels);
    }
}
