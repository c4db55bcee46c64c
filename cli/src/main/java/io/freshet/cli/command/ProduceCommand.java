package io.freshet.cli.command;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.run.Pace;
import io.freshet.cli.run.Publisher;
import io.freshet.cli.run.Rate;
import io.freshet.cli.stream.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes a file of texts to a running cluster. */
@Command(
        name = "produce",
        description = "Publishes a file of texts to the topic of examples, in order.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet produce --input examples.jsonl --rate 50",
            "  freshet produce --input train.csv.gz --bootstrap-servers kafka:9092 --registry http://registry:8081"
        })
final class ProduceCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    InputOptions input = new InputOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Examples a second; as fast as they are taken if not said.")
    @Nullable
    Double rate;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException {
        Logs.none();
        if (rate != null && !(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate %s: a number above 0 is wanted".formatted(rate));
        }
        Cluster cluster = connection.cluster();
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.install();
                ExampleSource source = input.file().open(Clock.systemUTC());
                Publisher publisher = new Publisher(
                        cluster,
                        cluster.registry(),
                        bad -> spec.commandLine()
                                .getErr()
                                .println("line %d is no example: %s".formatted(bad.line(), bad.problem())))) {
            ExampleSource stoppable = stoppable(source, shutdown);
            publisher.publish(stoppable, rate == null ? Pace.UNLIMITED : new Rate(rate));
            out.println("published %,d records to %s".formatted(publisher.acknowledged(), cluster.modelName()));
            return shutdown.requested() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private static ExampleSource stoppable(ExampleSource source, Shutdown shutdown) {
        return new ExampleSource() {
            @Override
            public @Nullable InputRecord next() throws IOException {
                return shutdown.requested() ? null : source.next();
            }

            @Override
            public void close() throws IOException {
                source.close();
            }
        };
    }
}
