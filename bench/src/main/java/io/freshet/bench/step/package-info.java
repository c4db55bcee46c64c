/** Models and texts into the time of a training step, here and in PyTorch, measured in turns. */
@NullMarked
package io.freshet.bench.step;

import org.jspecify.annotations.NullMarked;
