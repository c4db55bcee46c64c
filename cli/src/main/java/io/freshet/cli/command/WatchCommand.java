package io.freshet.cli.command;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StatusText;
import io.freshet.cli.stream.StreamListener;
import io.freshet.cli.stream.StreamTail;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what happens to a model as it happens. */
@Command(
        name = "watch",
        description = "Follows training, checkpoints, evaluations, decisions and champions, until stopped.",
        footerHeading = "%nExamples:%n",
        footer = {"  freshet watch", "  freshet watch --from-beginning"})
final class WatchCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    CommandSpec spec;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--from-beginning", description = "Also says what happened before.")
    boolean fromBeginning;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Cluster cluster = connection.cluster();
        EnumSet<Topic> past = EnumSet.of(Topic.TRAINING_METRICS, Topic.CHECKPOINTS, Topic.EVALUATIONS, Topic.DECISIONS);
        EnumSet<Topic> topics = EnumSet.copyOf(past);
        topics.add(Topic.CHAMPIONS); // the reigning champion is always said first
        try (Shutdown shutdown = Shutdown.install();
                StreamTail tail = new StreamTail(
                        cluster,
                        cluster.registry(),
                        topics,
                        new Printer(spec.commandLine().getOut()))) {
            if (!fromBeginning) {
                tail.skipToEnd(past, cluster.modelName());
            }
            while (!shutdown.requested()) {
                tail.poll(POLL);
            }
        }
        return ExitCode.DONE;
    }

    /** One line an event; of the steps of training at most one every two seconds of their own time. */
    static final class Printer implements StreamListener {

        private static final Duration EVERY = Duration.ofSeconds(2);

        private final PrintWriter out;
        private Instant nextStep = Instant.MIN;

        Printer(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void metrics(TrainingMetrics metrics) {
            metrics.getAlarms().forEach(alarm -> out.println(StatusText.alarm(alarm)));
            if (!metrics.getTime().isBefore(nextStep)) {
                nextStep = metrics.getTime().plus(EVERY);
                out.println(StatusText.training(metrics));
            }
        }

        @Override
        public void checkpoint(CheckpointManifest manifest) {
            out.println("checkpoint  %s, step %,d, %,d examples, %d labels"
                    .formatted(manifest.getId(), manifest.getStep(), manifest.getTrained(), manifest.getLabels()));
        }

        @Override
        public void evaluation(Evaluation evaluation) {
            out.println(StatusText.evaluation(evaluation));
        }

        @Override
        public void decision(Decision decision) {
            out.println(StatusText.decision(decision));
        }

        @Override
        public void champion(ChampionUpdate champion) {
            out.println(StatusText.champion(champion));
        }
    }
}
