package io.freshet.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and SIGTERM into a question that the work asks now and then, and holds the JVM until the work is closed. */
final class Shutdown implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "freshet-shutdown");

    private Shutdown() {}

    /** Listens from now on. */
    static Shutdown install() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits for the request; returns whether it came. */
    boolean await(Duration longest) {
        try {
            return requested.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void hold() {
        requested.countDown();
        try {
            // What is not closed by then is left as a crash would leave it.
            if (!finished.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("freshet: not everything stopped within " + LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that everything is closed. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                finished.countDown(); // the JVM began to stop meanwhile: the hook ends by itself
            }
        }
    }
}
