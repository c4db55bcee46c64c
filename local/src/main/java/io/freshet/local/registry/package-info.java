/** Schemas of a compacted topic into answers of the Confluent REST protocol. */
@NullMarked
package io.freshet.local.registry;

import org.jspecify.annotations.NullMarked;
