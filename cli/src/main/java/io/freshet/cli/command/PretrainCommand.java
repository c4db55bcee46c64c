package io.freshet.cli.command;

import io.freshet.model.pretrain.Pretraining;
import io.freshet.model.pretrain.PretrainingReport;
import io.freshet.model.pretrain.PretrainingRequest;
import io.freshet.model.pretrain.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an encoder out of plain text. */
@Command(
        name = "pretrain",
        description = {
            "Pretrains a small BERT on plain text, one sentence or utterance a line: cuts word pieces to what the text uses,"
                    + " learns within a budget of minutes or steps, and writes a Hugging Face directory with a model card."
                    + " What is interrupted goes on with --resume."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet pretrain --corpus corpus.txt.gz --out encoder --minutes 50",
            "  freshet pretrain --corpus a.txt --corpus b.txt.xz --dialogues chats.txt --objective masked-lm+responses \\",
            "      --layers 2 --hidden 256 --out encoder --minutes 50 --license cc-by-sa-4.0"
        })
final class PretrainCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PretrainOptions options = new PretrainOptions();

    @Option(
            names = "--resume",
            description = "Goes on with the unfinished run in --out; the other options must be the same as then.")
    boolean resume;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        PretrainingRequest request = options.request(spec.commandLine());
        boolean unfinished = Pretraining.isUnfinished(request.directory());
        if (resume != unfinished) {
            throw new ParameterException(
                    spec.commandLine(),
                    resume
                            ? "--resume: %s holds no unfinished run".formatted(request.directory())
                            : "--out %s holds an unfinished run; say --resume to go on with it, or name another directory"
                                    .formatted(request.directory()));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.install()) {
            PretrainingReport report = new Pretraining(request, new Printer(out, shutdown), System::nanoTime).run();
            out.println(
                    report.finished()
                            ? "%s: written after %,d steps".formatted(request.directory(), report.steps())
                            : "%s: stopped after %,d steps; go on with --resume"
                                    .formatted(request.directory(), report.steps()));
            return ExitCode.DONE;
        }
    }

    /** Prints a line whenever there is something to say. */
    private record Printer(PrintWriter out, Shutdown shutdown) implements Pretraining.Watcher {
        @Override
        public boolean stopRequested() {
            return shutdown.requested();
        }

        @Override
        public void note(String what) {
            out.println(what);
        }

        @Override
        public void progress(Progress progress) {
            out.println(progress.describe());
        }
    }
}
