/** Micro-batches into weights: prediction before learning, head growth, replay, optimizer steps; and their state to files and back. */
@NullMarked
package io.freshet.trainer.learn;

import org.jspecify.annotations.NullMarked;
