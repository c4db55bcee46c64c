/** Decides what becomes of an example: pure functions of the example and of what was admitted before, without Kafka. */
@NullMarked
package io.freshet.ingest.admission;

import org.jspecify.annotations.NullMarked;
