/** Turns an input file into a better model and a report: embedded stack, services, publishing, waiting, accounts. */
@NullMarked
package io.freshet.cli.run;

import org.jspecify.annotations.NullMarked;
