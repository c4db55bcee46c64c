/** Turns events into examples: admits each once, to one side of the held-out split, or rejects it with a reason. */
@NullMarked
package io.freshet.ingest;

import org.jspecify.annotations.NullMarked;
