package io.freshet.model.hub;

import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/** Makes a request again while failures may pass. */
final class Attempts {

    /** Waits. */
    interface Pause {
        void take(Duration duration) throws InterruptedException;
    }

    /** Work that may be done again. */
    interface Work<T> {
        T run(Attempts attempts) throws IOException, InterruptedException;
    }

    private final Retries retries;
    private final Pause pause;
    private final PullProgress progress;
    private int failures;
    private long furthest;

    private Attempts(Retries retries, Pause pause, PullProgress progress) {
        this.retries = retries;
        this.pause = pause;
        this.progress = progress;
    }

    /**
     * Does {@code work} until it ends well.
     *
     * @throws HubException what the work throws, or if attempts are used up
     */
    static <T> T of(Retries retries, Pause pause, PullProgress progress, Work<T> work)
            throws IOException, InterruptedException {
        Attempts attempts = new Attempts(retries, pause, progress);
        while (true) {
            try {
                return work.run(attempts);
            } catch (HubException e) {
                throw e;
            } catch (SSLHandshakeException e) {
                throw new HubException("the hub's certificate is not accepted: %s".formatted(e.getMessage()), e);
            } catch (IOException e) {
                attempts.failed(e);
            }
        }
    }

    /** Says how many bytes are here: failures are forgotten where there were never as many, so that nothing goes on for ever. */
    void reached(long bytes) {
        if (bytes > furthest) {
            furthest = bytes;
            failures = 0;
        }
    }

    private void failed(IOException failure) throws HubException, InterruptedException {
        failures++;
        Duration asked = failure instanceof PassingException passing ? passing.retryAfter() : Duration.ZERO;
        String why = said(failure);
        if (!retries.again(failures, asked)) {
            String wait = asked.isZero() ? "" : "; it asks to wait %d s".formatted(asked.toSeconds());
            throw new HubException(
                    "%s, %d times in a row%s; try again later, what was fetched is kept".formatted(why, failures, wait),
                    failure);
        }
        Duration next = retries.pause(failures, asked);
        progress.again(why, next);
        pause.take(next);
    }

    private static String said(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof PassingException) {
            return message;
        }
        String kind = failure.getClass().getSimpleName();
        return "the connection failed (%s)".formatted(failure.getMessage() == null ? kind : kind + ": " + message);
    }
}
