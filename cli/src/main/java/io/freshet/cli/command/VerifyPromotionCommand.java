package io.freshet.cli.command;

import io.freshet.cli.audit.Verification;
import io.freshet.cli.audit.VerificationText;
import io.freshet.cli.audit.Verifier;
import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.services.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recomputes what the gate decided about a checkpoint. */
@Command(
        name = "verify-promotion",
        description = {
            "Recomputes what the gate decided about a checkpoint: fetches the models and checks their hashes, scores the held-out"
                    + " examples again in the batches of then, folds the pairs in their recorded order, and checks the split, what"
                    + " the models were trained on, the error budget and the policy's hash. Lists every difference.",
            "Works on a running cluster, and on the directory that 'freshet run --data' or 'freshet up' has left."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:verified", "1:not verified", "64:bad usage or configuration", "70:failed"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet verify-promotion champion --data ./kept",
            "  freshet verify-promotion c000004 --tolerance 1e-5 --set scorer.max.tokens=64"
        })
final class VerifyPromotionCommand implements Callable<Integer> {

    /** Scores of one machine are the same to the last bit; other processors round otherwise. */
    private static final String TOLERANCE = "1e-5";

    private static final long SAY_EVERY = 500;

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "Id of the checkpoint, as much of it as is enough, or 'champion'.")
    String checkpoint;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "How far a probability, or bits per token, may be from the recorded one: ${DEFAULT-VALUE} if not"
                            + " said. 0 on the machine that scored.",
            defaultValue = TOLERANCE)
    double tolerance;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    SettingOptions overrides = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0)) { // written so that NaN fails too
            throw new ParameterException(spec.commandLine(), "--tolerance %s must be at least 0".formatted(tolerance));
        }
        Logs.none();
        PrintWriter out = spec.commandLine().getOut();
        try (AuditedCluster audited = AuditedCluster.open(connection);
                Workspace models = Workspace.open(null)) {
            Map<String, String> settings = new TreeMap<>(ServiceKind.SCORER.own(audited.settings()));
            settings.putAll(overrides.values());
            Verifier verifier = new Verifier(
                    audited.cluster(), settings, models.directory().resolve("models"), tolerance, progress());
            Verification verification = verifier.verify(checkpoint);
            VerificationText.of(verification).forEach(out::println);
            return verification.verified() ? ExitCode.DONE : ExitCode.NOT_VERIFIED;
        }
    }

    private BiConsumer<Long, Long> progress() {
        PrintWriter err = spec.commandLine().getErr();
        long[] next = {SAY_EVERY};
        return (done, all) -> {
            if (done >= next[0]) {
                err.println("scored again: %,d of about %,d".formatted(done, all));
                err.flush();
                next[0] = done + SAY_EVERY;
            }
        };
    }
}
