package io.freshet.cli.command;

import io.freshet.model.GeneratedText;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.Sampling;
import io.freshet.model.TextGenerator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets a language model write. */
@Command(
        name = "generate",
        description = "Goes on with a text as a causal language model (GPT-2, Llama) would, and prints it as it comes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet generate --model ./stories --prompt 'Once upon a time'",
            "  freshet generate --model ./stories --prompt 'One day' --temperature 0.8 --seed 7"
        })
final class GenerateCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "Hugging Face directory of a causal language model.")
    Path model;

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the text begins with.")
    String prompt;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "200",
            description = "Most tokens to write; ${DEFAULT-VALUE} if not said.")
    int maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "0, if not said, always takes the likeliest token; 1 draws by the model's probabilities,"
                    + " below 1 likely tokens more often, above 1 less.")
    double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description = "Draws among the K likeliest tokens only; 0, if not said, for all.")
    int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "Draws among the likeliest tokens whose probabilities reach P only; 1, if not said, for all.")
    double topP;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "17",
            description = "The same seed draws the same text; ${DEFAULT-VALUE} if not said.")
    long seed;

    @Override
    public Integer call() {
        Logs.none();
        Sampling sampling = sampling();
        PrintWriter out = spec.commandLine().getOut();
        try (TextGenerator generator = Models.openGenerator(model, ModelOptions.DEFAULTS)) {
            out.print(prompt);
            GeneratedText text = generator.generate(prompt, sampling, maxTokens, piece -> {
                out.print(piece);
                out.flush();
            });
            out.println();
            if (text.end() == GeneratedText.End.MAX_POSITIONS) {
                spec.commandLine().getErr().println("freshet: the model cannot go on, its positions are used up");
            }
        }
        return ExitCode.DONE;
    }

    private Sampling sampling() {
        if (maxTokens < 1) {
            throw new ParameterException(spec.commandLine(), "--max-tokens %d is below 1".formatted(maxTokens));
        }
        try {
            return new Sampling(temperature, topK, topP, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
