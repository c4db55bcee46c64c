/** Starts services in order and stops them in reverse. */
@NullMarked
package io.freshet.core.lifecycle;

import org.jspecify.annotations.NullMarked;
