package io.freshet.cli.command;

import io.freshet.cli.console.Display;
import io.freshet.cli.demo.DemoStream;
import io.freshet.cli.run.LearningCurve;
import io.freshet.cli.run.Report;
import io.freshet.cli.run.RunContext;
import io.freshet.cli.stream.StreamView;
import io.freshet.client.Classification;
import io.freshet.client.ModelUpdates;
import io.freshet.core.config.CommonConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the live champion a few questions before and after a run, as an application would. */
final class LiveQuestions implements RunContext.Visitor, AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final List<Map.Entry<String, String>> questions;
    private @Nullable ModelUpdates updates;

    LiveQuestions(long seed) {
        this.questions = DemoStream.questions(seed);
    }

    @Override
    public void started(RunContext context) {
        updates = ModelUpdates.builder()
                .bootstrapServers(context.cluster().bootstrapServers())
                .schemaRegistry(context.cluster().registryUrl())
                .modelName(context.cluster().modelName())
                .cache(Path.of(context.settings().values().getOrDefault(CommonConfig.CACHE, "cache"), "client"))
                .start();
        ask(updates, 1, "before", context.display());
    }

    @Override
    public void ended(RunContext context, Report report, StreamView view) {
        if (updates != null) {
            context.display().line("");
            LearningCurve.lines(view.metrics()).forEach(context.display()::line);
            ask(updates, 1 + report.promotions().size(), "after", context.display());
        }
    }

    private void ask(ModelUpdates live, long sequence, String when, Display display) {
        try {
            live.awaitSequence(sequence, LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        List<Classification> answers = live.classifier()
                .classify(questions.stream().map(Map.Entry::getValue).toList());
        display.line("");
        display.line("%s, champion %d answers:".formatted(when, answers.get(0).sequence()));
        for (int i = 0; i < answers.size(); i++) {
            String answer = answers.get(i)
                    .prediction()
                    .map(best -> "%s (%.2f)".formatted(best.label(), best.probability()))
                    .orElse("knows no labels yet");
            display.line("  %-62s %s".formatted('"' + questions.get(i).getValue() + '"', answer));
        }
        display.line("");
    }

    @Override
    public void close() {
        if (updates != null) {
            updates.close();
        }
    }
}
