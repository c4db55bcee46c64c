package io.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.freshet.model.Parity;
import io.freshet.model.ParityCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares this library's numbers with those that transformers computed. */
@Command(
        name = "check-parity",
        description = {
            "Compares what a model computes here with what transformers computed for the same directory: token ids, logits,"
                    + " loss, gradients, the losses of three AdamW steps, and the logits after them. Prints the largest"
                    + " differences as JSON; exits with 70 if one is beyond its tolerance."
        },
        footerHeading = "%nExample:%n",
        footer = "  freshet check-parity fixtures/bert-classification")
final class CheckParityCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A model's directory with expected.json and expected.safetensors.")
    Path directory;

    @Override
    public Integer call() throws JsonProcessingException {
        Logs.none();
        Parity parity = ParityCheck.run(directory);
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(parity));
        return parity.passes() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
