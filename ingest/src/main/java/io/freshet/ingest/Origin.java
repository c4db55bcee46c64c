package io.freshet.ingest;

/** A record's place: topic, partition and offset. */
record Origin(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
