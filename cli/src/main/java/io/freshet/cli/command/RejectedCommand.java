package io.freshet.cli.command;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.RejectedRecords;
import io.freshet.schemas.RejectedExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after records that were not admitted. */
@Command(
        name = "rejected",
        description = "Lists the records that were not admitted, or sends them again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet rejected list --reason text.blank",
            "  freshet rejected replay --reason label.not.allowed    # after the list of labels was widened"
        })
final class RejectedCommand implements Runnable {

    private static final int PREVIEW = 60;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say list or replay");
    }

    @Command(name = "list", description = "Says of each: reason, where it was received, id, detail, and its beginning.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--reason", description = "Only those with this code.") @Nullable String reason,
            @Option(
                            names = "--limit",
                            description = "At most so many; ${DEFAULT-VALUE} if not said.",
                            defaultValue = "100")
                    int limit)
            throws IOException {
        Logs.none();
        List<RejectedExample> found = RejectedRecords.read(connection.cluster(), reason);
        found.stream()
                .limit(limit)
                .forEach(rejected -> spec.commandLine().getOut().println(describe(rejected)));
        spec.commandLine().getOut().println("%,d rejected".formatted(found.size()));
        return ExitCode.DONE;
    }

    @Command(
            name = "replay",
            description =
                    "Sends the original bytes to the topic of examples again, to be judged by the rules of today.")
    int replay(
            @Mixin ConnectionOptions connection,
            @Option(names = "--reason", description = "Only those with this code.") @Nullable String reason)
            throws IOException {
        Logs.none();
        Cluster cluster = connection.cluster();
        int sent = RejectedRecords.replay(cluster, RejectedRecords.read(cluster, reason));
        spec.commandLine().getOut().println("%,d sent again".formatted(sent));
        return ExitCode.DONE;
    }

    static String describe(RejectedExample rejected) {
        byte[] bytes = new byte[Math.min(PREVIEW, rejected.getOriginal().remaining())];
        rejected.getOriginal().duplicate().get(bytes);
        String beginning = new String(bytes, StandardCharsets.UTF_8).replaceAll("[^\\x20-\\x7e]", ".");
        return "%s\t%s-%d@%d\t%s\t%s\t%s"
                .formatted(
                        rejected.getReason(),
                        rejected.getTopic(),
                        rejected.getPartition(),
                        rejected.getOffset(),
                        rejected.getId() == null ? "-" : rejected.getId(),
                        rejected.getDetail(),
                        beginning);
    }
}
