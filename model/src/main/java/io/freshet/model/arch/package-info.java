/** A model configuration into the TorchScript program of its architecture and the list of its weights. */
@NullMarked
package io.freshet.model.arch;

import org.jspecify.annotations.NullMarked;
