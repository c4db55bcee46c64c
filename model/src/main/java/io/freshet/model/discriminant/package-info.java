/** Features of texts into class statistics, their linear discriminant, and what is served of it. */
@NullMarked
package io.freshet.model.discriminant;

import org.jspecify.annotations.NullMarked;
