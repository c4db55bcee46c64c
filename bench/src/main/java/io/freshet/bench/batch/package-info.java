/** Lengths of examples into batches, and the padding that they cost. */
@NullMarked
package io.freshet.bench.batch;

import org.jspecify.annotations.NullMarked;
