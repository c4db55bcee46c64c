package io.freshet.cli.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Worker processes, so many at a time, for jobs in their order. Ends those that still run when it is closed. */
final class Workers implements AutoCloseable {

    private static final long POLL_MILLIS = 200;

    private final ExecutorService threads;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<WorkerProcess> running = ConcurrentHashMap.newKeySet();
    private final Map<Job, Message> progress = new ConcurrentHashMap<>();
    private final Path scratch;
    private final int engineThreads;
    private final int count;
    private volatile boolean closed;

    /** What happened. */
    sealed interface Event {
        /** A job came to something. */
        record Done(Job job, Result result) implements Event {}

        /** A job came to nothing. */
        record Failed(Job job, String why) implements Event {}

        /** Nothing but progress. */
        record Moved() implements Event {}
    }

    /**
     * Starts.
     *
     * @param scratch directory for the files of jobs
     * @param engineThreads of the engine in a worker
     * @param parallel workers at once
     */
    Workers(List<Job> jobs, Path scratch, int engineThreads, int parallel) {
        this.scratch = scratch;
        this.engineThreads = engineThreads;
        this.count = jobs.size();
        this.threads = Executors.newFixedThreadPool(parallel);
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            int number = i;
            threads.execute(() -> work(job, number));
        }
    }

    private void work(Job job, int number) {
        if (closed) {
            return;
        }
        try {
            Path file = scratch.resolve("job-" + number + ".json");
            job.write(file);
            try (WorkerProcess worker =
                    WorkerProcess.start(file, scratch.resolve("job-" + number + ".err"), engineThreads)) {
                running.add(worker);
                try {
                    if (closed) {
                        return;
                    }
                    Result result = worker.result(message -> progress.put(job, message));
                    events.add(new Event.Done(job, result));
                } finally {
                    running.remove(worker);
                }
            }
        } catch (IOException | WorkerProcess.FailedException | RuntimeException e) {
            events.add(new Event.Failed(job, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what comes next, a fifth of a second at most. */
    Event next() {
        try {
            Event event = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return event == null ? new Event.Moved() : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Event.Moved();
        }
    }

    /** Returns how much of all jobs is done, in thousandths of a job. */
    long done() {
        return Math.round(progress.values().stream()
                .mapToDouble(message -> 1_000.0 * message.done() / Math.max(1, message.total()))
                .sum());
    }

    /** Returns what {@link #done} comes to. */
    long total() {
        return 1_000L * count;
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(WorkerProcess::close);
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
