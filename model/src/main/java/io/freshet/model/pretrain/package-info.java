/** Turns plain text into a pretrained encoder: packed sequences, a task, steps within a budget, a directory with its card. */
@NullMarked
package io.freshet.model.pretrain;

import org.jspecify.annotations.NullMarked;
