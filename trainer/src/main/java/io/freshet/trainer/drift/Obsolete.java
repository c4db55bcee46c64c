package io.freshet.trainer.drift;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was learned before a change and holds no longer.
 *
 * @param before number of the first example after it
 * @param labels the labels whose examples are meant; empty for all
 */
public record Obsolete(long before, Optional<Set<String>> labels) {
    public Obsolete {
        labels = labels.map(Set::copyOf);
    }

    /** Returns whether an example of that label, null of a language model, is meant. */
    public boolean covers(@Nullable String label) {
        return labels.isEmpty() || (label != null && labels.get().contains(label));
    }
}
