package io.freshet.client;

/**
 * Where an example, or a label, lies once Kafka has acknowledged it.
 *
 * @param id the example's id
 * @param topic topic
 * @param partition partition, from 0
 * @param offset offset in the partition, from 0
 */
public record SentExample(String id, String topic, int partition, long offset) {}
