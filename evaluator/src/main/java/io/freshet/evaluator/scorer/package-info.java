/**
 * Trials and held-out examples into scores: loads the models that a trial names, asks each of them once about every
 * held-out example that counts, and says how likely it thought the truth: the label, or for language models the tokens.
 */
@NullMarked
package io.freshet.evaluator.scorer;

import org.jspecify.annotations.NullMarked;
