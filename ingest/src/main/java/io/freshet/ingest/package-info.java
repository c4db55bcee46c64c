/** Events into examples. */
@NullMarked
package io.freshet.ingest;

import org.jspecify.annotations.NullMarked;
