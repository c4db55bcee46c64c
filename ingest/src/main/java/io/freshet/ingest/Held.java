package io.freshet.ingest;

import io.freshet.ingest.labels.Standing;

/**
 * One id in the store.
 *
 * @param standing what is known of it
 * @param record the example; or the label, while that waits for its example
 * @param deadline last moment at which it is known, milliseconds since the epoch. It is kept, so that another waiting time
 *     holds for what comes after it was set
 */
record Held(Standing standing, Placed record, long deadline) {}
