/** A config.json into checked settings and labels, and back with everything unknown kept. */
@NullMarked
package io.freshet.model.config;

import org.jspecify.annotations.NullMarked;
