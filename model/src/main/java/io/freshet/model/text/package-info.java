/** Text into token ids as a tokenizer.json says; texts and a word piece list into a small vocabulary. */
@NullMarked
package io.freshet.model.text;

import org.jspecify.annotations.NullMarked;
