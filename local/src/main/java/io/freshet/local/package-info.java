/** A broker and a schema registry inside one JVM. */
@NullMarked
package io.freshet.local;

import org.jspecify.annotations.NullMarked;
