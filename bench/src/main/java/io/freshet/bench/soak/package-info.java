/** Many training steps of varying length into the curve of resident memory. */
@NullMarked
package io.freshet.bench.soak;

import org.jspecify.annotations.NullMarked;
