package io.freshet.model.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer, piece by piece; fails where none comes for a while. At most two pieces are in memory. */
final class BodyPieces implements BodySubscriber<BodyPieces>, AutoCloseable {

    /** What the connection says next. */
    private sealed interface Event {
        record Piece(List<ByteBuffer> bytes) implements Event {}

        record End(@Nullable Throwable failure) implements Event {}
    }

    private static final int MOST_DRAINED = 8;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration patience;
    private Flow.@Nullable Subscription subscription;

    BodyPieces(Duration patience) {
        this.patience = patience;
    }

    /** The body is handed out as soon as the headers are there. */
    @Override
    public CompletionStage<BodyPieces> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(2);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        events.add(new Event.Piece(bytes));
    }

    @Override
    public void onError(Throwable failure) {
        ended();
        events.add(new Event.End(failure));
    }

    @Override
    public void onComplete() {
        ended();
        events.add(new Event.End(null));
    }

    /**
     * Waits for the next piece.
     *
     * @return null at the end
     * @throws IOException if the connection broke, or nothing came for longer than is waited
     */
    @Nullable
    List<ByteBuffer> next() throws IOException {
        try {
            Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new HttpTimeoutException("nothing came for %d s".formatted(patience.toSeconds()));
            }
            if (event instanceof Event.Piece piece) {
                more();
                return piece.bytes();
            }
            Throwable failure = ((Event.End) event).failure();
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while bytes were awaited");
        }
    }

    /** Takes a short rest, so that the connection can be used again; of a longer one nothing more is wanted. */
    void drain() throws IOException {
        for (int pieces = 0; pieces < MOST_DRAINED; pieces++) {
            if (next() == null) {
                return;
            }
        }
    }

    /** Lets go of the connection, which another request may use by now. */
    private synchronized void ended() {
        subscription = null;
    }

    private synchronized void more() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Breaks the connection if the body has not ended. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
