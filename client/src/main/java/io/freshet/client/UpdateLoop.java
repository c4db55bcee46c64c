package io.freshet.client;

import io.freshet.client.SequenceRule.Verdict;
import io.freshet.client.UpdateFailure.Stage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that makes updates: serves the cached champion, follows the log, loads the newest champion and swaps it in;
 * reports what fails and tries again until it is stopped.
 */
final class UpdateLoop implements Runnable {

    private final Supplier<ChampionLog> logs;
    private final Duration pollInterval;
    private final Backoff reconnect;
    private final UpdatePlan plan;
    private final ChampionLoader loader;
    private final KeptChampions kept;
    private final Swappable<LoadedModel> models;
    private final UpdateStatus status;
    private final UpdateListener listener;
    private final LongSupplier nanos;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable ChampionLog log;
    private int connectFailures;
    private @Nullable Champion stale;

    /**
     * @param logs makes a log that is not connected yet
     * @param nanos a monotonic ticker, nanoseconds
     */
    UpdateLoop(
            ModelUpdatesConfig config,
            Supplier<ChampionLog> logs,
            ChampionLoader loader,
            KeptChampions kept,
            Swappable<LoadedModel> models,
            UpdateStatus status,
            UpdateListener listener,
            LongSupplier nanos) {
        this.logs = logs;
        this.pollInterval = config.pollInterval();
        this.reconnect = new Backoff(config.retryFirst(), config.retryLongest());
        this.plan = new UpdatePlan(reconnect);
        this.loader = loader;
        this.kept = kept;
        this.models = models;
        this.status = status;
        this.listener = listener;
        this.nanos = nanos;
    }

    @Override
    public void run() {
        try {
            offerCached();
            while (!isStopped()) {
                loadWhatIsDue();
                followOnce();
            }
        } catch (RuntimeException | Error e) {
            report(Stage.STOPPED, "updates have ended, the model served now stays: " + e, e, Optional.empty());
            throw e;
        } finally {
            loader.close();
            status.ended();
        }
    }

    /** Ends the loop soon; any thread. */
    void stop() {
        stopped.countDown();
        ChampionLog current = log;
        if (current != null) {
            current.wakeup();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void offerCached() {
        try {
            kept.restore().ifPresent(plan::offer);
        } catch (IOException e) {
            report(Stage.CACHE, "the last champion is not known: " + reason(e), e, Optional.empty());
        }
    }

    /** Follows the log until it fails or the loop is stopped, and waits before the next time. */
    private void followOnce() {
        try (ChampionLog opened = logs.get()) {
            log = opened;
            if (isStopped()) {
                return; // stop may have come before there was a log to wake
            }
            opened.connect();
            connectFailures = 0;
            status.recovered(Stage.FOLLOW);
            follow(opened);
        } catch (RuntimeException e) {
            if (!isStopped()) {
                Duration wait = reconnect.after(++connectFailures);
                report(Stage.FOLLOW, "cannot follow the champions: " + reason(e), e, Optional.of(wait));
                pause(wait);
            }
        } finally {
            log = null;
        }
    }

    private void follow(ChampionLog opened) {
        while (!isStopped()) {
            opened.poll(pollInterval, this::offer, this::unusable);
            if (opened.caughtUp()) {
                reportStale();
                loadWhatIsDue();
            }
            clean();
        }
    }

    /** A log read again from its beginning offers old champions too; only one that is still the newest matters. */
    private void offer(Champion champion) {
        stale = plan.offer(champion) == Verdict.STALE ? champion : null;
    }

    private void reportStale() {
        Champion newest = stale;
        if (newest != null) {
            stale = null;
            String message =
                    ("champion %d (%s) is passed over: its number is not above that of the champion known already,"
                                    + " and its reason is '%s', not %s; if the topic was made anew, delete the cache %s")
                            .formatted(
                                    newest.sequence(),
                                    newest.checkpoint(),
                                    newest.reason(),
                                    Champion.ROLLBACK,
                                    kept.location());
            report(Stage.RECORD, message, new IllegalStateException(message), Optional.empty());
        }
    }

    private void unusable(String where, Exception cause) {
        String message = "the record at %s is passed over: %s".formatted(where, reason(cause));
        report(Stage.RECORD, message, cause, Optional.empty());
    }

    private void loadWhatIsDue() {
        Optional<Champion> due = plan.due(nanos.getAsLong());
        if (due.isPresent()) {
            load(due.get());
        }
    }

    private void load(Champion champion) {
        kept.opening(champion);
        LoadedModel model;
        try {
            model = loader.load(champion, () -> kept.closed(champion));
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            kept.closed(champion);
            if (!isStopped()) {
                Duration wait = plan.failed(nanos.getAsLong());
                String message = "champion %d (%s) cannot be loaded: %s"
                        .formatted(champion.sequence(), champion.checkpoint(), reason(e));
                report(Stage.LOAD, message, e, Optional.of(wait));
            }
            return;
        }
        Optional<ServedModel> before = models.peek().map(LoadedModel::served);
        if (models.swap(model)) {
            plan.loaded(champion);
            remember(champion);
            listener.onSwap(before, model.served()); // before those who wait are woken, so that they find it told
            status.serving(model.served());
        }
    }

    private void remember(Champion champion) {
        try {
            kept.serve(champion);
        } catch (IOException e) {
            String message = "champion %d is served, but not noted for a start without Kafka: %s"
                    .formatted(champion.sequence(), reason(e));
            report(Stage.CACHE, message, e, Optional.empty());
        }
    }

    private void clean() {
        try {
            kept.clean();
        } catch (IOException e) {
            report(Stage.CACHE, "old files could not be removed: " + reason(e), e, Optional.empty());
        }
    }

    private void report(Stage stage, String message, Throwable cause, Optional<Duration> retryIn) {
        UpdateFailure failure = new UpdateFailure(stage, message, cause, retryIn);
        status.failed(failure);
        listener.onFailure(failure);
    }

    /** What a file system or a virtual machine says is often the bare name of a file, or nothing: add the kind of failure. */
    private static String reason(Throwable e) {
        boolean speaks = e.getMessage() != null && !(e instanceof FileSystemException) && !(e instanceof Error);
        return speaks ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void pause(Duration wait) {
        try {
            stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Only close interrupts this thread, and it has asked for the stop before.
            Thread.currentThread().interrupt();
        }
    }
}
