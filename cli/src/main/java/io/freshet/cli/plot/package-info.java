/** The report of a comparison into pictures. */
@NullMarked
package io.freshet.cli.plot;

import org.jspecify.annotations.NullMarked;
