/** Reads flat settings into validated configuration. */
@NullMarked
package io.freshet.core.config;

import org.jspecify.annotations.NullMarked;
