package io.freshet.cli.run;

import io.freshet.cli.console.Display;
import io.freshet.cli.console.RunProgress;
import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamTail;
import io.freshet.cli.stream.StreamView;
import io.freshet.core.lifecycle.ServiceFailedException;
import io.freshet.core.lifecycle.ServiceGroup;
import io.freshet.ingest.IngestCounts;
import io.freshet.ingest.IngestService;
import io.freshet.ingest.LabelCounts;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The course of one run: publishes on a thread of its own, follows the topics on the caller's, until nothing is left to do. */
final class Course implements AutoCloseable {

    private static final Set<Topic> FOLLOWED = EnumSet.of(
            Topic.TRAIN,
            Topic.HELD_OUT,
            Topic.REJECTED,
            Topic.CHECKPOINTS,
            Topic.TRIALS,
            Topic.SCORES,
            Topic.EVALUATIONS,
            Topic.CHAMPIONS,
            Topic.TRAINING_METRICS);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long COUNTS_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final StreamView view = new StreamView();
    private final Announcer announcer;
    private final StreamTail tail;
    private final ServiceGroup services;
    private final IngestService ingest;
    private final Display display;
    private final BooleanSupplier interrupted;
    private final Publisher publisher;
    private final Lead lead;
    private final Thread publishing;
    private final ConcurrentLinkedQueue<InputRecord.Malformed> malformed = new ConcurrentLinkedQueue<>();
    private final Watchdog watchdog = new Watchdog(PATIENCE, System::nanoTime);
    private volatile @Nullable Exception publishFailure;
    private RunRequest.@Nullable Input input;
    private long total;
    private IngestCounts counts = IngestCounts.NONE;
    private long nextCounts = System.nanoTime();

    Course(
            Cluster cluster,
            ServiceGroup services,
            IngestService ingest,
            Display display,
            BooleanSupplier interrupted,
            long ahead) {
        this.lead = new Lead(ahead);
        this.services = services;
        this.ingest = ingest;
        this.display = display;
        this.interrupted = interrupted;
        this.announcer = new Announcer(view, display);
        SchemaRegistry registry = cluster.registry();
        this.tail = new StreamTail(cluster, registry, FOLLOWED, announcer);
        this.publisher = new Publisher(cluster, registry, malformed::add);
        this.publishing = new Thread(this::publishAll, "freshet-publish");
    }

    StreamView view() {
        return view;
    }

    void publish(RunRequest.Input source) throws IOException {
        input = source;
        total = count(source);
        publishing.start();
    }

    /**
     * Returns when the run is over.
     *
     * @throws RunFailedException if it cannot come to its end
     * @throws IOException if the input cannot be read
     */
    void await() throws IOException {
        Optional<String> waiting = Optional.of("the beginning");
        while (waiting.isPresent()) {
            boolean publishes = publishing.isAlive();
            throwFailures(waiting.get());
            tail.poll(POLL);
            announcer.malformed(malformed);
            Account account = account();
            lead.settled(settled(account));
            display.progress(progress(account));
            waiting = Completion.waitingFor(view, account, publishes);
            if (watchdog.stalled(List.of(
                    account,
                    view.evaluations().size(),
                    view.scores(),
                    view.metrics().size()))) {
                throw new RunFailedException(
                        "nothing moved for %d minutes; the run waits for %s; the log says more"
                                .formatted(PATIENCE.toMinutes(), waiting.orElse("nothing")),
                        null);
            }
        }
    }

    /**
     * Adds up everything that is committed.
     *
     * @throws RunFailedException if the sums are not exact
     */
    Account finalAccount() {
        Account account = settledAccount();
        if (!account.discrepancies().isEmpty()) {
            throw new RunFailedException(
                    "records are not accounted for: " + String.join("; ", account.discrepancies()), null);
        }
        return account;
    }

    /** Counts and topics are read one after the other: where a label or its deadline comes in between, both are read again. */
    private Account settledAccount() {
        IngestCounts before;
        do {
            before = ingest.counts();
            tail.readToEnd();
            counts = ingest.counts();
        } while (!counts.equals(before));
        return Account.of(view, publisher.acknowledged(), counts.duplicates(), counts.waiting());
    }

    private Account account() {
        if (System.nanoTime() - nextCounts >= 0) {
            counts = ingest.counts();
            nextCounts = System.nanoTime() + COUNTS_EVERY_NANOS;
        }
        return Account.of(view, publisher.acknowledged(), counts.duplicates(), counts.waiting());
    }

    /** What became of labels that came by themselves, as last read. */
    LabelCounts labels() {
        return counts.labels();
    }

    /** Records that nothing more will happen to; what was learned from counts before its checkpoint. */
    private long settled(Account account) {
        TrainingMetrics step = view.newestMetrics();
        long trained = step == null ? 0 : step.getTrained();
        return trained
                + account.heldOut()
                + account.rejectedInAll()
                + account.duplicates()
                + account.waiting()
                + account.expired();
    }

    private void throwFailures(String waiting) throws IOException {
        ServiceFailedException failed = services.failure();
        if (failed != null) {
            throw new RunFailedException(String.valueOf(failed.getMessage()), failed);
        }
        Exception publish = publishFailure;
        if (publish instanceof IOException io) {
            throw io;
        }
        if (publish != null) {
            throw new RunFailedException("publishing failed: " + publish, publish);
        }
        if (interrupted.getAsBoolean()) {
            throw new RunFailedException("interrupted while waiting for " + waiting, null);
        }
    }

    private void publishAll() {
        RunRequest.Input source = input;
        if (source == null) {
            return;
        }
        try (ExampleSource examples = source.open()) {
            publisher.publish(examples, lead);
        } catch (IOException | RuntimeException e) {
            publishFailure = e;
        }
    }

    /** Counts the records, so that progress has an end. */
    private static long count(RunRequest.Input source) throws IOException {
        try (ExampleSource examples = source.open()) {
            long count = 0;
            while (examples.next() != null) {
                count++;
            }
            return count;
        }
    }

    private RunProgress progress(Account account) {
        TrainingMetrics step = view.newestMetrics();
        return new RunProgress(
                total,
                account.published(),
                account.ingestedRecords(),
                step == null ? 0 : step.getTrained(),
                account.admitted(),
                step == null ? 0 : step.getWindowAccuracy(),
                step == null ? null : step.getWindowBitsPerToken(),
                step == null ? 0 : step.getLabels(),
                ReportBuilder.promotions(view).size());
    }

    @Override
    public void close() {
        publisher.stop();
        lead.release();
        try {
            publishing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
        tail.close();
    }
}
