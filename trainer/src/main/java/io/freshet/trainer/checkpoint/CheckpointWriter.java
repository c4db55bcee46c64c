package io.freshet.trainer.checkpoint;

import io.freshet.schemas.CheckpointFile;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Writes the files of one checkpoint at a time on a thread of its own, while training goes on. */
public final class CheckpointWriter implements AutoCloseable {

    private final CheckpointFiles files;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "freshet-checkpoint-writer");
        writer.setDaemon(true);
        return writer;
    });

    public CheckpointWriter(CheckpointFiles files) {
        this.files = files;
    }

    /** A checkpoint whose files are being written. */
    public record Writing(LearnerSnapshot snapshot, Segment segment, Future<List<CheckpointFile>> files) {

        public boolean done() {
            return files.isDone();
        }

        /**
         * Waits for the files.
         *
         * @throws IOException if they could not be written
         */
        public List<CheckpointFile> await() throws IOException {
            try {
                return files.get();
            } catch (ExecutionException e) {
                throw new IOException("the files of a checkpoint could not be written: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the files of a checkpoint were written", e);
            }
        }
    }

    /** Begins to write; the snapshot is closed when its files are written. */
    public Writing begin(LearnerSnapshot snapshot, Segment segment) {
        return new Writing(snapshot, segment, thread.submit(() -> {
            try (snapshot) {
                return files.write(snapshot);
            }
        }));
    }

    /** Waits for a checkpoint that is still being written. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                if (thread.awaitTermination(1, TimeUnit.HOURS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
