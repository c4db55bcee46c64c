/** A labelled stream and the names of strategies into what each would have learned, kept and forgotten. */
@NullMarked
package io.freshet.cli.backtest;

import org.jspecify.annotations.NullMarked;
