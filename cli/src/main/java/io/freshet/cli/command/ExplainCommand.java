package io.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.freshet.cli.audit.Explainer;
import io.freshet.cli.audit.Explanation;
import io.freshet.cli.audit.ExplanationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a checkpoint was promoted or not. */
@Command(
        name = "explain",
        description = {
            "Says from the topics alone why a checkpoint was promoted or not: its trials with their counts, evidence and policy,"
                    + " where its weights come from, the exact offsets it was trained on, and what it changed for users.",
            "Works on a running cluster, and on the directory that 'freshet run --data' or 'freshet up' has left."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  freshet explain champion --data ./kept", "  freshet explain c000004 --json"})
final class ExplainCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "Id of the checkpoint, as much of it as is enough, or 'champion'.")
    String checkpoint;

    @Option(names = "--json", description = "As JSON instead.")
    boolean json;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException {
        Logs.none();
        PrintWriter out = spec.commandLine().getOut();
        try (AuditedCluster audited = AuditedCluster.open(connection)) {
            Explanation explanation = new Explainer(audited.cluster()).explain(checkpoint);
            if (json) {
                out.println(mapper().writerWithDefaultPrettyPrinter().writeValueAsString(explanation));
            } else {
                ExplanationText.of(explanation).forEach(out::println);
            }
        }
        return ExitCode.DONE;
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper()
                .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));
    }
}
