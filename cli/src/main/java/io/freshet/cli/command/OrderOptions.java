package io.freshet.cli.command;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.GateDialogue;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CommandSignature;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.GateCommand;
import io.freshet.schemas.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command to the gate says beside what it is about; gives it and prints the answer. */
final class OrderOptions {

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stays in the log for auditors.")
    @Nullable
    String reason;

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name:-unknown}",
            description = "Who gives it; ${DEFAULT-VALUE} if not said.")
    String who = "";

    @Option(
            names = "--champion",
            paramLabel = "N",
            description =
                    "Number of the champion in view of which it is given; refused where another reigns. The present one if not said.")
    @Nullable
    Long champion;

    @ArgGroup(exclusive = false)
    @Nullable
    Signing signing;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Longest wait for the gate's answer; ${DEFAULT-VALUE} if not said.")
    int timeout;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    /** By which key the command is signed. */
    static final class Signing {

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "Private key (Ed25519, PEM) to sign with, where the gate has control.keys.")
        Path key = Path.of("");

        @Option(
                names = "--key-id",
                required = true,
                paramLabel = "NAME",
                description = "The key's name in control.keys.")
        String name = "";
    }

    /**
     * Gives the command and waits for the answer.
     *
     * @param target checkpoint id, where it is about one
     * @return what the process ends with
     */
    int give(GateCommand command, @Nullable String target) throws IOException {
        Logs.none();
        if (command.needsReason() && (reason == null || reason.isBlank())) {
            throw new ParameterException(spec.commandLine(), "%s needs --reason TEXT".formatted(command.key()));
        }
        if (timeout < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout %d is below 1; say how many seconds to wait".formatted(timeout));
        }
        PrivateKey key = signing == null ? null : KeyFiles.privateKey(signing.key);
        Cluster cluster = connection.cluster();
        try (GateDialogue dialogue = new GateDialogue(cluster)) {
            ControlCommand plain = plain(command, target, dialogue.champion());
            ControlCommand given = signing == null || key == null
                    ? plain
                    : CommandSignature.sign(cluster.modelName(), plain, signing.name, key);
            return dialogue.ask(given, Duration.ofSeconds(timeout))
                    .map(this::say)
                    .orElseGet(() -> sayNone(given));
        }
    }

    private ControlCommand plain(GateCommand command, @Nullable String target, Optional<ChampionUpdate> reigning) {
        return ControlCommand.newBuilder()
                .setCommand(command.key())
                .setWho(who)
                .setReason(reason)
                .setTarget(target)
                .setTime(Instant.now().truncatedTo(ChronoUnit.MILLIS)) // as it is sent and signed
                .setId(UUID.randomUUID().toString())
                .setChampion(
                        champion != null
                                ? champion
                                : reigning.map(ChampionUpdate::getSequence).orElse(null))
                .build();
    }

    private int say(Decision answer) {
        String detail = answer.getDetail() == null ? answer.getReason() : answer.getDetail();
        CommandLine line = spec.commandLine();
        if (answer.getKind().equals("command.accepted")) {
            line.getOut()
                    .println("%s: done (champion %d): %s".formatted(answer.getCommand(), answer.getChampion(), detail));
            return ExitCode.DONE;
        }
        line.getErr()
                .println("freshet: %s: refused by the gate (%s): %s"
                        .formatted(answer.getCommand(), answer.getReason(), detail));
        return ExitCode.REFUSED;
    }

    private int sayNone(ControlCommand given) {
        spec.commandLine()
                .getErr()
                .println(
                        ("freshet: %s: no answer from the gate within %d s; it will answer when it runs again, and refuse if"
                                        + " another champion than %s reigns then (id %s; freshet watch shows the answer)")
                                .formatted(given.getCommand(), timeout, given.getChampion(), given.getId()));
        return ExitCode.UNANSWERED;
    }
}
