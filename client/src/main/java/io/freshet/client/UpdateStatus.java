package io.freshet.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where updates stand, for those who wait for them. Thread-safe; requests never come here while a model is served. */
final class UpdateStatus {

    private final String topic;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable ServedModel served;
    private @Nullable UpdateFailure failure;
    private boolean ended;

    /**
     * @param topic the topic that champions come from, for messages
     */
    UpdateStatus(String topic) {
        this.topic = topic;
    }

    void serving(ServedModel model) {
        change(() -> {
            served = model;
            failure = null;
        });
    }

    void failed(UpdateFailure latest) {
        change(() -> failure = latest);
    }

    /** What failed in {@code stage}, if that is what failed last, is over. */
    void recovered(UpdateFailure.Stage stage) {
        change(() -> failure = failure == null || failure.stage() == stage ? null : failure);
    }

    void ended() {
        change(() -> ended = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what failed last, unless it is over. */
    Optional<UpdateFailure> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a model whose sequence is at least {@code sequence}.
     *
     * @throws ModelUnavailableException if it does not come in time, or cannot come any more
     */
    ServedModel await(long sequence, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (served == null || served.sequence() < sequence) {
                if (ended || left <= 0) {
                    throw unavailable("champion %d did not come%s"
                            .formatted(sequence, ended ? " before updates were closed" : " within " + longest));
                }
                left = changed.awaitNanos(left);
            }
            return served;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the exception for a request that finds no model. */
    ModelUnavailableException unavailable() {
        lock.lock();
        try {
            return unavailable(ended ? "model updates are closed" : "no champion has been loaded yet");
        } finally {
            lock.unlock();
        }
    }

    private ModelUnavailableException unavailable(String what) {
        String state = "%s (topic %s; serving %s)"
                .formatted(what, topic, served == null ? "nothing yet" : "champion " + served.sequence());
        return failure == null
                ? new ModelUnavailableException(state + "; wait with awaitFirst or awaitSequence")
                : new ModelUnavailableException(state + "; last failure: " + failure.message(), failure.cause());
    }
}
