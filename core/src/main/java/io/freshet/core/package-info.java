/** Configuration, lifecycle, checkpoint store. */
@NullMarked
package io.freshet.core;

import org.jspecify.annotations.NullMarked;
