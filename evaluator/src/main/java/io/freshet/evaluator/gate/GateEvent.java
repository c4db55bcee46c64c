package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.ExampleScore;

/** What the gate is told, in one order. */
sealed interface GateEvent {

    /** A checkpoint was published. */
    record Published(CheckpointManifest manifest) implements GateEvent {}

    /** A held-out example arrived. */
    record Arrived(int partition, long offset) implements GateEvent {}

    /** A checkpoint was scored on a held-out example. */
    record Scored(ExampleScore score) implements GateEvent {}

    /** A person gave a command. */
    record Commanded(ControlCommand command) implements GateEvent {}

    /**
     * A record of the commands' topic is no command.
     *
     * @param what it is instead, in words
     */
    record Garbled(String what) implements GateEvent {}
}
