package io.freshet.cli.command;

import io.freshet.cli.services.ServiceKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
        name = "freshet",
        description = "Learns from a Kafka stream of labelled examples and promotes better models on evidence.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused by the gate, or not verified",
            "64:bad usage or configuration; every problem is named",
            "70:failed",
            "75:sent, but the gate did not answer in time"
        },
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            UpCommand.class,
            ProduceCommand.class,
            LabelCommand.class,
            WatchCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            VerifyPromotionCommand.class,
            ClassifyCommand.class,
            GenerateCommand.class,
            FetchCommand.class,
            MergeCommand.class,
            PullCommand.class,
            RejectedCommand.class,
            TrainerCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            HoldCommand.class,
            ResumeCommand.class,
            RollbackCommand.class,
            PinCommand.class,
            KeysCommand.class,
            PretrainCommand.class,
            PretrainProbeCommand.class,
            DriftProbeCommand.class,
            CheckParityCommand.class,
            BacktestCommand.class,
            BacktestWorkerCommand.class,
            BenchCommand.class,
            ConfigDocsCommand.class
        })
public final class FreshetCommand implements Runnable {

    @Spec
    CommandSpec spec;

    FreshetCommand() {}

    /** Returns the whole command line, ready to be executed. */
    public static CommandLine line() {
        CommandLine line = new CommandLine(new FreshetCommand());
        for (ServiceKind kind : new ServiceKind[] {ServiceKind.INGEST, ServiceKind.SCORER, ServiceKind.GATE}) {
            line.addSubcommand(kind.title(), new ServiceCommand(kind));
        }
        line.setExitCodeExceptionMapper(ExitCode::of);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        line.setParameterExceptionHandler(FreshetCommand::misuse);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return line;
    }

    private static int report(Exception failure, CommandLine command) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println("freshet: " + message);
        int code = ExitCode.of(failure);
        if (code == ExitCode.FAILED) {
            LoggerFactory.getLogger("freshet").info("failed", failure); // for the log file; people have read it above
            Logs.file().ifPresent(file -> command.getErr().println("freshet: the log is in " + file));
        }
        return code;
    }

    private static int misuse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("freshet: " + failure.getMessage());
        command.getErr()
                .println("Try '%s --help'".formatted(command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be done, for example 'freshet demo'");
    }
}
