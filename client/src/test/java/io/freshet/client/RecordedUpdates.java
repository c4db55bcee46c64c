package io.freshet.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Remembers what a listener is told, and waits for it. */
final class RecordedUpdates implements UpdateListener {

    final List<Long> swaps = new CopyOnWriteArrayList<>();
    final List<Optional<Long>> befores = new CopyOnWriteArrayList<>();
    final List<UpdateFailure> failures = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void onSwap(Optional<ServedModel> before, ServedModel after) {
        befores.add(before.map(ServedModel::sequence));
        swaps.add(after.sequence());
        notifyAll();
    }

    @Override
    public synchronized void onFailure(UpdateFailure failure) {
        failures.add(failure);
        notifyAll();
    }

    void awaitFailure(Predicate<UpdateFailure> wanted) throws InterruptedException {
        await(() -> failures.stream().anyMatch(wanted));
    }

    void awaitSwaps(int count) throws InterruptedException {
        await(() -> swaps.size() >= count);
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("not seen in time; swaps %s, failures %s".formatted(swaps, failures));
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
