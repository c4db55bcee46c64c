package io.freshet.cli.command;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StatusText;
import io.freshet.cli.stream.StreamTail;
import io.freshet.cli.stream.StreamView;
import io.freshet.ingest.CountsReader;
import io.freshet.ingest.IngestCounts;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says where a model stands. */
@Command(
        name = "status",
        description =
                "Says where a model stands: examples, training, checkpoints, the open trial, the champion, the anchor, what waits for a person.",
        footerHeading = "%nExample:%n",
        footer = "  freshet status")
final class StatusCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Cluster cluster = connection.cluster();
        StreamView view = new StreamView();
        EnumSet<Topic> topics = EnumSet.of(
                Topic.TRAIN,
                Topic.HELD_OUT,
                Topic.REJECTED,
                Topic.CHECKPOINTS,
                Topic.TRIALS,
                Topic.EVALUATIONS,
                Topic.CHAMPIONS,
                Topic.DECISIONS,
                Topic.TRAINING_METRICS);
        try (StreamTail tail = new StreamTail(cluster, cluster.registry(), topics, view)) {
            tail.readToEnd();
        }
        IngestCounts counts;
        try (CountsReader reader = CountsReader.open(cluster.clientSettings(), cluster.modelName())) {
            counts = reader.read();
        }
        StatusText.of(view, counts).forEach(spec.commandLine().getOut()::println);
        return ExitCode.DONE;
    }
}
