package io.freshet.evaluator.gate;

import io.freshet.schemas.CommandSignature;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.GateCommand;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a command is one at all, and whose: the rules that need no knowledge of who reigns. */
final class CommandCheck {

    private final String model;
    private final Map<String, PublicKey> keys;

    private CommandCheck(String model, Map<String, PublicKey> keys) {
        this.model = model;
        this.keys = new TreeMap<>(keys);
    }

    /**
     * Checks commands to the model of that name.
     *
     * @param keys by name; empty where no command needs a signature
     */
    static CommandCheck of(String model, Map<String, PublicKey> keys) {
        return new CommandCheck(model, keys);
    }

    /** Returns why the command must not be done; nothing where it is well-formed and, where keys are set, signed by one. */
    Optional<Refusal> objection(ControlCommand command) {
        Optional<GateCommand> known = GateCommand.of(command.getCommand());
        if (known.isEmpty()) {
            List<String> words =
                    Arrays.stream(GateCommand.values()).map(GateCommand::key).toList();
            return refusal("command.unknown", "%s is no command; known are %s".formatted(command.getCommand(), words));
        }
        if (command.getId().isBlank()) {
            return refusal(
                    "id.missing", "%s has no id; give it one that was never used".formatted(command.getCommand()));
        }
        return unproven(command).or(() -> malformed(command, known.get()));
    }

    private Optional<Refusal> unproven(ControlCommand command) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String keyId = command.getKeyId();
        if (keyId == null || command.getSignature() == null) {
            return refusal(
                    "signature.missing",
                    "%s is not signed, and %s is set; sign it with --key and --key-id"
                            .formatted(command.getCommand(), GateConfig.CONTROL_KEYS));
        }
        PublicKey key = keys.get(keyId);
        if (key == null) {
            return refusal(
                    "key.unknown",
                    "key %s is not in %s, which names %s; sign with one of those or add it there"
                            .formatted(keyId, GateConfig.CONTROL_KEYS, new TreeSet<>(keys.keySet())));
        }
        return CommandSignature.verify(model, command, key)
                ? Optional.empty()
                : refusal(
                        "signature.wrong",
                        "the signature of %s is not by key %s over this command to model %s; sign it anew"
                                .formatted(command.getCommand(), keyId, model));
    }

    private static Optional<Refusal> malformed(ControlCommand command, GateCommand known) {
        if (command.getWho().isBlank()) {
            return refusal("who.missing", "%s does not say who gives it; set --who".formatted(known.key()));
        }
        if (known.needsTarget() && isBlank(command.getTarget())) {
            return refusal("target.missing", "%s names no checkpoint; add its id".formatted(known.key()));
        }
        if (!known.allowsTarget() && command.getTarget() != null) {
            return refusal(
                    "target.unexpected",
                    "%s is about no checkpoint, but names %s; leave it out"
                            .formatted(known.key(), command.getTarget()));
        }
        if (known.needsReason() && isBlank(command.getReason())) {
            return refusal("reason.missing", "%s has no reason; give one with --reason".formatted(known.key()));
        }
        return Optional.empty();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static Optional<Refusal> refusal(String code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
