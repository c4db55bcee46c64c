/** Agreements: Avro schemas, topic catalogue, Confluent wire format, registry client. */
@NullMarked
package io.freshet.schemas;

import org.jspecify.annotations.NullMarked;
