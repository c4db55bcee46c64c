/** A Hugging Face directory into a model that trains and scores, and back. */
@NullMarked
package io.freshet.model;

import org.jspecify.annotations.NullMarked;
