package io.freshet.cli.command;

import io.freshet.bench.input.LabelledText;
import io.freshet.bench.step.StepBench;
import io.freshet.bench.step.StepReport;
import io.freshet.bench.step.StepRequest;
import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputFile;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.services.Workspace;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures training steps. */
@Command(
        name = "step",
        description = {
            "Measures the training step in fp32 and bf16: examples and real tokens a second, its parts, batches of like length"
                    + " against batches in order of arrival, and, with --python, all of it against PyTorch in the same"
                    + " session. Figures are medians over the rounds, each with its smallest and largest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet bench step --model tiny --model bert-4x256",
            "  freshet bench step --input data_full.json --python /usr/bin/python3 --report step.json"
        })
final class BenchStepCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description =
                    "What is measured: ${COMPLETION-CANDIDATES}, or a Hugging Face directory; may be repeated. All that"
                            + " have a name if not said.",
            completionCandidates = Names.class)
    List<String> models = new ArrayList<>();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "Labelled texts to learn from, as 'freshet run' reads them; made ones of like length if not said.")
    @Nullable
    Path input;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Which part of a .json file; ${DEFAULT-VALUE} if not said.",
            defaultValue = "train")
    String split;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "A python3 with torch and transformers, to compare with.")
    @Nullable
    Path python;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each contestant runs; ${DEFAULT-VALUE} if not said.",
            defaultValue = "5")
    int rounds;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Examples of a batch; ${DEFAULT-VALUE} if not said.",
            defaultValue = "32")
    int batch;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Batches that are sorted together; ${DEFAULT-VALUE} if not said.",
            defaultValue = "32")
    int window;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operation, here and in PyTorch; half of the processors if not said.",
            defaultValue = "0")
    int threads;

    @Option(
            names = "--clock",
            paramLabel = "elapsed|cpu",
            description = "What is measured: the time that passes, or, with --threads 1, what the thread spends on a"
                    + " processor, which others on the machine disturb less; ${DEFAULT-VALUE} if not said.",
            defaultValue = "elapsed")
    String clock;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report (JSON).")
    @Nullable
    Path report;

    /** The models that have a name. */
    static final class Names extends ArrayList<String> {
        Names() {
            super(StepRequest.names());
        }
    }

    @Override
    public Integer call() throws IOException {
        Logs.none();
        StepRequest request = request();
        try (Workspace scratch = Workspace.open(null)) {
            StepReport result = new StepBench(
                            request, scratch.directory(), spec.commandLine().getOut()::println)
                    .run();
            if (report != null) {
                result.write(report);
            }
        }
        return ExitCode.DONE;
    }

    private StepRequest request() throws IOException {
        String origin = input == null ? "made from a seed" : input + ", " + split;
        try {
            StepRequest request = new StepRequest(
                    models,
                    texts(),
                    origin,
                    rounds,
                    batch,
                    window,
                    threads,
                    io.freshet.bench.step.Clock.of(clock),
                    python);
            request.check();
            return request;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<LabelledText> texts() throws IOException {
        List<LabelledText> texts = new ArrayList<>();
        if (input == null) {
            return texts;
        }
        String name = String.valueOf(input.getFileName());
        boolean splits = name.endsWith(".json") || name.endsWith(".json.gz");
        InputFile file = new InputFile(input, splits ? split : null, 7L, true); // files are often sorted by label
        try (ExampleSource source = file.open(Clock.systemUTC())) {
            for (InputRecord entry = source.next(); entry != null; entry = source.next()) {
                if (entry instanceof InputRecord.Example example
                        && example.example().getInput() instanceof TextInput text
                        && example.example().getLabel() != null) {
                    texts.add(new LabelledText(text.getText(), example.example().getLabel()));
                }
            }
        }
        if (texts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--input %s has no labelled text".formatted(input));
        }
        return texts;
    }
}
