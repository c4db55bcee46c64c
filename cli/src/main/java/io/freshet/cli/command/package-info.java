/** Turns the words of the command line into the work of the other packages, and its outcome into an exit code. */
@NullMarked
package io.freshet.cli.command;

import org.jspecify.annotations.NullMarked;
