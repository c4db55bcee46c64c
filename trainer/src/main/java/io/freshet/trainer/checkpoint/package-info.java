/** A learner at one moment into files in the checkpoint store and the manifest that names them; and back. */
@NullMarked
package io.freshet.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
