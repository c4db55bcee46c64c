/** Champions into a live model inside an application; examples into Kafka. */
@NullMarked
package io.freshet.client;

import org.jspecify.annotations.NullMarked;
