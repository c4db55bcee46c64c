/** How wrong predictions were, and texts, in the order of the stream, into alarms that the stream has changed, and what is to be forgotten. */
@NullMarked
package io.freshet.trainer.drift;

import org.jspecify.annotations.NullMarked;
