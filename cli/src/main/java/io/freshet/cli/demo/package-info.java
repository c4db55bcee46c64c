/** Turns templates into a stream of utterances in which new intents appear and some labels are wrong. */
@NullMarked
package io.freshet.cli.demo;

import org.jspecify.annotations.NullMarked;
