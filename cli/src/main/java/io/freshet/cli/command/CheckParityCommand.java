package io.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.freshet.model.ModelException;
import io.freshet.model.Parity;
import io.freshet.model.ParityCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares this library's numbers with those that transformers computed. */
@Command(
        name = "check-parity",
        description = {
            "Compares what models compute here with what transformers computed for the same directories: token ids, logits,"
                    + " loss, gradients, the losses of three AdamW steps, and the logits after them. Prints the largest"
                    + " differences as JSON, by directory where there are several; exits with 70 if one is beyond its"
                    + " tolerance or a directory cannot be compared."
        },
        footerHeading = "%nExample:%n",
        footer = "  freshet check-parity fixtures/bert-classification fixtures/gpt2-causal-lm")
final class CheckParityCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Models' directories with expected.json and expected.safetensors.")
    List<Path> directories = new ArrayList<>();

    @Override
    public Integer call() throws JsonProcessingException {
        Logs.none();
        if (directories.size() == 1) {
            Parity parity = ParityCheck.run(directories.get(0));
            print(parity);
            return parity.passes() ? ExitCode.DONE : ExitCode.FAILED;
        }
        Map<String, Parity> compared = new LinkedHashMap<>();
        for (Path directory : directories) {
            try {
                compared.put(directory.toString(), ParityCheck.run(directory));
            } catch (ModelException e) {
                spec.commandLine().getErr().println("freshet: " + e.getMessage());
            }
        }
        print(compared);
        boolean all = compared.size() == directories.stream().distinct().count()
                && compared.values().stream().allMatch(Parity::passes);
        return all ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(Object result) throws JsonProcessingException {
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(result));
    }
}
