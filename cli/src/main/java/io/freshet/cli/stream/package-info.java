/** Turns the topics of a model into what a person or a report wants to know. */
@NullMarked
package io.freshet.cli.stream;

import org.jspecify.annotations.NullMarked;
