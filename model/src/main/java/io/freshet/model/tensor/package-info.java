/** A safetensors file, or shards with an index, into float32 tensors in host memory, and back. */
@NullMarked
package io.freshet.model.tensor;

import org.jspecify.annotations.NullMarked;
