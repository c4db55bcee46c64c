/** Turns a model and labelled texts into figures of how good a start the model is. */
@NullMarked
package io.freshet.cli.probe;

import org.jspecify.annotations.NullMarked;
