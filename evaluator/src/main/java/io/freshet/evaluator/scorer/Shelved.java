package io.freshet.evaluator.scorer;

import io.freshet.model.TextModel;

/** What became of loading a checkpoint's model. */
sealed interface Shelved {

    /** The model answers. The shelf owns it. */
    record Ready(TextModel model) implements Shelved {}

    /** The model can never be loaded. */
    record Broken(String reason) implements Shelved {}

    /** The store could not be reached; another attempt follows. */
    record Pending(String reason) implements Shelved {}
}
