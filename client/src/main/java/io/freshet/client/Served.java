package io.freshet.client;

import java.util.Optional;

/**
 * What a process served last, kept so that it can serve it again without Kafka.
 *
 * @param current the champion that was served
 * @param previous the one before it, whose files are kept for a rollback
 */
record Served(Champion current, Optional<Champion> previous) {}
