package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.console.Display;
import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.run.Report;
import io.freshet.cli.run.Run;
import io.freshet.cli.run.RunContext;
import io.freshet.cli.run.RunRequest;
import io.freshet.cli.services.Workspace;
import io.freshet.cli.stream.StreamView;
import io.freshet.client.Classification;
import io.freshet.client.ModelUnavailableException;
import io.freshet.client.ModelUpdates;
import io.freshet.client.TextClassifier;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that classifies while the real services promote one model after another. */
@Timeout(400)
class LiveSwapIT {

    private static final int THREADS = 3;
    private static final Duration THINKING = Duration.ofMillis(5);

    @TempDir
    Path directory;

    @Test
    void aConsumerSeesNoErrorAndOnlyNewerModelsAndEndsOnTheNewest() throws Exception {
        Path model = TinyStream.model(directory);
        Consumers consumers = new Consumers(directory.resolve("client"));
        AtomicInteger passes = new AtomicInteger(); // the first one only counts
        RunRequest request = new RunRequest(
                () -> new Stages(consumers, passes.getAndIncrement() > 0),
                model,
                null,
                directory,
                200,
                "freshet",
                TinyStream.settings());
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try (Display display = Display.on(out);
                Workspace workspace = Workspace.open(directory.resolve("data"));
                consumers) {
            Report report = new Run(request, display, () -> false, consumers).execute(workspace);

            assertThat(report.promotions())
                    .as("promotions; the trials were %s", report.evaluations())
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(consumers.failures).isEmpty();
            assertThat(consumers.answered.get()).isGreaterThan(100);
            Classification last = Objects.requireNonNull(consumers.last);
            assertThat(last.sequence()).isEqualTo(report.promotions().size() + 1L);
            assertThat(last.checkpoint()).isEqualTo(report.champion().id());
        }
    }

    /**
     * Two labels that no champion can know yet appear in every stage: only a newer model can be right on them. A stage
     * begins when the one before has brought a promotion, or after a while without one.
     */
    private static final class Stages implements ExampleSource {

        private static final int STAGES = 6;
        private static final int EACH = 320;
        private static final Duration LONGEST = Duration.ofSeconds(8);

        private final Consumers consumers;
        private final boolean waits;
        private Iterator<InputRecord> records = List.<InputRecord>of().iterator();
        private int stage;

        Stages(Consumers consumers, boolean waits) {
            this.consumers = consumers;
            this.waits = waits;
        }

        @Override
        public @Nullable InputRecord next() {
            if (!records.hasNext() && stage < STAGES) {
                if (stage > 0 && waits) {
                    consumers.awaitBriefly(stage + 1L, LONGEST);
                }
                records = TinyStream.records(TinyStream.examples("stage" + stage, EACH, 2 * stage, 2, stage))
                        .iterator();
                stage++;
            }
            return records.hasNext() ? records.next() : null;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }

    /** Threads that ask again and again, from the first champion on until the run is over. */
    private static final class Consumers implements RunContext.Visitor, AutoCloseable {

        private final Path cache;
        private final List<Thread> threads = new ArrayList<>();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final AtomicLong answered = new AtomicLong();
        private volatile boolean stopping;
        private volatile @Nullable ModelUpdates updates;
        private @Nullable Classification last;

        Consumers(Path cache) {
            this.cache = cache;
        }

        @Override
        public void started(RunContext context) {
            ModelUpdates started = ModelUpdates.builder()
                    .bootstrapServers(context.cluster().bootstrapServers())
                    .schemaRegistry(context.cluster().registryUrl())
                    .modelName(context.cluster().modelName())
                    .cache(cache)
                    .start();
            updates = started;
            await(started, 1);
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> ask(started.classifier()), "asker-" + i);
                thread.start();
                threads.add(thread);
            }
        }

        @Override
        public void ended(RunContext context, Report report, StreamView view) {
            ModelUpdates live = Objects.requireNonNull(updates);
            await(live, report.promotions().size() + 1L);
            last = live.classifier().classify("the apple");
            stop();
        }

        private static void await(ModelUpdates live, long sequence) {
            try {
                live.awaitSequence(sequence, Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Returns when that champion answers, or after a while. */
        void awaitBriefly(long sequence, Duration longest) {
            try {
                Objects.requireNonNull(updates).awaitSequence(sequence, longest);
            } catch (ModelUnavailableException e) {
                System.out.println("champion " + sequence + " is late: the next stage begins");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void ask(TextClassifier classifier) {
            long newest = 0;
            try {
                while (!stopping) {
                    List<Classification> answers = classifier.classify(List.of("the apple", "my river now"));
                    for (Classification answer : answers) {
                        if (answer.sequence() < newest) {
                            throw new AssertionError("champion %d after %d".formatted(answer.sequence(), newest));
                        }
                        newest = answer.sequence();
                    }
                    answered.addAndGet(answers.size());
                    LockSupport.parkNanos(THINKING.toNanos()); // the services share the machine
                }
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        }

        private void stop() {
            stopping = true;
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            stop();
            if (updates != null) {
                updates.close();
            }
        }
    }
}
