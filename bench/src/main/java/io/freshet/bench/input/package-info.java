/** The texts that are learned from, given or made. */
@NullMarked
package io.freshet.bench.input;

import org.jspecify.annotations.NullMarked;
