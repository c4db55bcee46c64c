/**
 * Champions into a live model inside an application; examples into Kafka.
 *
 * <p>{@link io.freshet.client.ModelUpdates} turns the records of the topic {@code champions} into opened models and swaps
 * them under the requests of a {@link io.freshet.client.TextClassifier};
 * {@link io.freshet.client.ExampleProducer} turns labelled texts into records of the topic {@code examples}. What is
 * public here is for applications; the rest may change.
 */
@NullMarked
package io.freshet.client;

import org.jspecify.annotations.NullMarked;
