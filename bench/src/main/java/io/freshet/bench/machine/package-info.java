/** What the figures were measured on. */
@NullMarked
package io.freshet.bench.machine;

import org.jspecify.annotations.NullMarked;
