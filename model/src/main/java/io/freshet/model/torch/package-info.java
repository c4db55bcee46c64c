/** TorchScript text and weights into logits, gradients and optimizer steps: every native call of the model is here. */
@NullMarked
package io.freshet.model.torch;

import org.jspecify.annotations.NullMarked;
