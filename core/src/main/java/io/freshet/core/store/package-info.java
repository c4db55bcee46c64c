/** Turns files into content-addressed objects and back. */
@NullMarked
package io.freshet.core.store;

import org.jspecify.annotations.NullMarked;
