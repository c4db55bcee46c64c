/** The one bridge into DJL's native library: a call of a TorchScript method with a choice of autograd. */
@NullMarked
package ai.djl.pytorch.jni;

import org.jspecify.annotations.NullMarked;
