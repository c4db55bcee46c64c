/**
 * What counts as enough evidence: a policy file, or the gate's settings, into one checked {@link
 * io.freshet.evaluator.policy.GatePolicy} and its canonical JSON, whose hash every trial carries. Knows nothing of Kafka.
 */
@NullMarked
package io.freshet.evaluator.policy;

import org.jspecify.annotations.NullMarked;
