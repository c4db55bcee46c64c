/** Simulated streams of pairs into how often a gate promotes, rightly or not, and after how many pairs. */
@NullMarked
package io.freshet.bench.gate;

import org.jspecify.annotations.NullMarked;
