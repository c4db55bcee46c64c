/**
 * Checkpoints and scores into champions. {@link io.freshet.evaluator.gate.Gate} decides and knows nothing of Kafka; the
 * topology around it feeds it events in one recorded order, keeps its tables in state stores and publishes what it says.
 */
@NullMarked
package io.freshet.evaluator.gate;

import org.jspecify.annotations.NullMarked;
