/** Turns a file of labelled texts into a sequence of examples; what cannot be read keeps its bytes and says why. */
@NullMarked
package io.freshet.cli.input;

import org.jspecify.annotations.NullMarked;
