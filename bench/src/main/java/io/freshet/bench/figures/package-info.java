/** Repeated measurements into medians, ratios and their spread. */
@NullMarked
package io.freshet.bench.figures;

import org.jspecify.annotations.NullMarked;
