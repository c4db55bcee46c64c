/** Checkpoints into champions. */
@NullMarked
package io.freshet.evaluator;

import org.jspecify.annotations.NullMarked;
