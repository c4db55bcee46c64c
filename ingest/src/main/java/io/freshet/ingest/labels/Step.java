package io.freshet.ingest.labels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one id.
 *
 * @param next what is known of it now; null for nothing
 * @param effects what follows, in order
 */
public record Step(@Nullable Standing next, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(@Nullable Standing next, Effect... effects) {
        return new Step(next, List.of(effects));
    }
}
