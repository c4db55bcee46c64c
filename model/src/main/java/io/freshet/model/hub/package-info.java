/** The name of a model on a Hugging Face hub into a directory of its files, each checked by its hash. */
@NullMarked
package io.freshet.model.hub;

import org.jspecify.annotations.NullMarked;
