/** Records of several partitions into micro-batches whose ends can be recorded and repeated. */
@NullMarked
package io.freshet.trainer.cut;

import org.jspecify.annotations.NullMarked;
