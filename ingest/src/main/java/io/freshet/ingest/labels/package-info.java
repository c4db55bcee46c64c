/** Decides what a label means to an example that came before or after it: pure functions of what is known of one id, without Kafka. */
@NullMarked
package io.freshet.ingest.labels;

import org.jspecify.annotations.NullMarked;
