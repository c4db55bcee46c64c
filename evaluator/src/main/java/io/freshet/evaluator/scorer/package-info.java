/**
 * Trials and held-out examples into scores: loads the models that a trial names, answers every held-out example that counts
 * with each of them once, and says how likely each thought the truth.
 */
@NullMarked
package io.freshet.evaluator.scorer;

import org.jspecify.annotations.NullMarked;
