package io.freshet.ingest;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the counts now and then, where they have changed. */
final class CountsLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CountsLog.class);

    private final Supplier<IngestCounts> counts;
    private final ScheduledExecutorService thread;
    private IngestCounts logged = IngestCounts.NONE;

    CountsLog(Supplier<IngestCounts> counts, Duration interval) {
        this.counts = counts;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "ingest-counts");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = thread.scheduleWithFixedDelay(
                this::log, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void log() {
        try {
            IngestCounts now = counts.get();
            if (!now.equals(logged)) {
                LOG.info("since the first start: {}", now);
                logged = now;
            }
        } catch (KafkaException e) {
            LOG.info("the counts cannot be read now: {}", e.getMessage()); // the next attempt may succeed
        }
    }

    /** Stops without waiting for a reading under way. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
