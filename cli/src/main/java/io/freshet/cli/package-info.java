/** The freshet command: where the JVM enters. */
@NullMarked
package io.freshet.cli;

import org.jspecify.annotations.NullMarked;
