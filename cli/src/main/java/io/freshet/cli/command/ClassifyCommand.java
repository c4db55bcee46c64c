package io.freshet.cli.command;

import io.freshet.cli.services.Workspace;
import io.freshet.client.Classification;
import io.freshet.client.ModelUpdates;
import io.freshet.client.TextClassifier;
import io.freshet.core.config.CommonConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a model. */
@Command(
        name = "classify",
        description = "Asks the champion of a cluster, or a model in a directory, for the label of texts.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet classify --text 'freeze my card' --text 'what is my balance'",
            "  freshet classify --model ./champion --text 'freeze my card'"
        })
final class ClassifyCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Spec
    CommandSpec spec;

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "A text; may be repeated.")
    List<String> texts = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face directory, instead of a cluster's champion.")
    @Nullable
    Path model;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.none();
        if (model != null) {
            try (TextClassifier classifier = TextClassifier.of(model)) {
                print(classifier.classify(texts));
            }
            return ExitCode.DONE;
        }
        Map<String, String> settings = new TreeMap<>(connection.settings());
        settings.remove(CommonConfig.PARTITIONS);
        try (Workspace cache = Workspace.open(null)) {
            settings.putIfAbsent(CommonConfig.CACHE, cache.directory().toString());
            ask(settings);
        }
        return ExitCode.DONE;
    }

    private void ask(Map<String, String> settings) throws InterruptedException {
        try (ModelUpdates updates = ModelUpdates.start(settings);
                TextClassifier classifier = updates.classifier()) {
            updates.awaitFirst(LONGEST);
            print(classifier.classify(texts));
        }
    }

    private void print(List<Classification> answers) {
        for (int i = 0; i < answers.size(); i++) {
            spec.commandLine()
                    .getOut()
                    .println(answers.get(i)
                                    .prediction()
                                    .map(best -> "%s\t%.4f".formatted(best.label(), best.probability()))
                                    .orElse("-\t0")
                            + "\t" + answers.get(i).checkpoint() + "\t" + texts.get(i));
        }
    }
}
