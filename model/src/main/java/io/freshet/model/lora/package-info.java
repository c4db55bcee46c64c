/** Low-rank adapters in PEFT's own files, into weights that a program takes, and back. */
@NullMarked
package io.freshet.model.lora;

import org.jspecify.annotations.NullMarked;
