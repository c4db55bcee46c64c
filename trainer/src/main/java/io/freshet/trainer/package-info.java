/** Examples into checkpoints. */
@NullMarked
package io.freshet.trainer;

import org.jspecify.annotations.NullMarked;
