/** Turns the course of a run into what a person sees: bars on a terminal, plain lines otherwise. */
@NullMarked
package io.freshet.cli.console;

import org.jspecify.annotations.NullMarked;
