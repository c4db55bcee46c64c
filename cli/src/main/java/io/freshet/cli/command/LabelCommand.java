package io.freshet.cli.command;

import io.freshet.cli.input.LabelLines;
import io.freshet.cli.stream.Cluster;
import io.freshet.client.ExampleProducer;
import io.freshet.client.SentExample;
import io.freshet.schemas.Label;
import io.freshet.schemas.RegistryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes labels of examples that were or will be sent without one, and corrections. */
@Command(
        name = "label",
        description = "Publishes labels of examples that were sent without one, or other labels (corrections).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet label --id ticket-4711 --label freeze_account",
            "  freshet label --input labels.jsonl     lines like {\"id\":\"ticket-4711\",\"label\":\"freeze_account\"}"
        })
final class LabelCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    /** One label, or a file of them. */
    static final class What {

        @ArgGroup(exclusive = false)
        @Nullable
        One one;

        @Option(
                names = "--input",
                paramLabel = "FILE",
                description = "JSON lines with id, label, and where they are known time and source.")
        @Nullable
        Path input;
    }

    /** A label. */
    static final class One {

        @Option(names = "--id", required = true, paramLabel = "ID", description = "Id of the example.")
        String id = "";

        @Option(names = "--label", required = true, paramLabel = "NAME", description = "The label, given now.")
        String label = "";
    }

    private final List<CompletableFuture<SentExample>> sent = new ArrayList<>();
    private int problems;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Cluster cluster = connection.cluster();
        try (ExampleProducer producer = ExampleProducer.open(settings(cluster))) {
            if (what.one != null) {
                sent.add(producer.label(what.one.id, what.one.label));
            }
            if (what.input != null) {
                LabelLines.read(what.input, Clock.systemUTC(), label -> send(producer, label), this::problem);
            }
            producer.flush();
        }
        for (CompletableFuture<SentExample> one : sent) {
            acknowledged(one);
        }
        spec.commandLine().getOut().println("published %,d labels to %s".formatted(sent.size(), cluster.modelName()));
        return problems == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void send(ExampleProducer producer, Label label) {
        try {
            sent.add(producer.send(label));
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
        }
    }

    private void problem(String sentence) {
        problems++;
        spec.commandLine().getErr().println(sentence);
    }

    private static void acknowledged(CompletableFuture<SentExample> one) throws IOException {
        try {
            one.join();
        } catch (CompletionException e) {
            throw new IOException("a label was not published: " + e.getCause(), e);
        }
    }

    private static Map<String, String> settings(Cluster cluster) {
        Map<String, String> settings = new TreeMap<>();
        cluster.client()
                .forEach((key, value) ->
                        settings.put(key.startsWith(RegistryConfig.PREFIX) ? key : "producer." + key, value));
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("schema.registry.url", cluster.registryUrl());
        settings.put("model.name", cluster.modelName());
        return settings;
    }
}
