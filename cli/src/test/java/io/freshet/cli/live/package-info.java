/** The services together, on a real broker. */
@NullMarked
package io.freshet.cli.live;

import org.jspecify.annotations.NullMarked;
