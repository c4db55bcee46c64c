package io.freshet.schemas;

import java.util.Locale;
import java.util.Optional;

/** What a person may tell the gate over the topic {@code control}. */
public enum GateCommand {
    /** Makes a candidate that has passed the champion, and the anchor. */
    APPROVE(Target.NEEDED, false),
    /** Ends a candidate's trial, or drops one that waits. */
    REJECT(Target.NEEDED, true),
    /** Promotes nothing until {@link #RESUME}. */
    HOLD(Target.NONE, true),
    /** Ends a hold. */
    RESUME(Target.NONE, false),
    /** Makes an earlier champion reign again; without a target, the one before the present. */
    ROLLBACK(Target.ALLOWED, true),
    /** Makes an earlier champion or the present one the anchor. */
    PIN(Target.NEEDED, false);

    private enum Target {
        NONE,
        ALLOWED,
        NEEDED
    }

    private static final String OF_THE_TRAINER = "trainer.";

    private final Target target;
    private final boolean needsReason;

    GateCommand(Target target, boolean needsReason) {
        this.target = target;
        this.needsReason = needsReason;
    }

    /** Returns the word that stands in {@link ControlCommand#getCommand()}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean needsTarget() {
        return target == Target.NEEDED;
    }

    public boolean allowsTarget() {
        return target != Target.NONE;
    }

    public boolean needsReason() {
        return needsReason;
    }

    /** Returns the command of that word, if there is one. */
    public static Optional<GateCommand> of(String key) {
        for (GateCommand command : values()) {
            if (command.key().equals(key)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Returns whether the gate has to answer the command of that word, known or not: all but the trainer's. */
    public static boolean concernsGate(String key) {
        return !key.startsWith(OF_THE_TRAINER);
    }
}
