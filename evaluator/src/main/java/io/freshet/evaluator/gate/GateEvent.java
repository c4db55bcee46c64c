package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;

/** What the gate is told, in one order. */
sealed interface GateEvent {

    /** A checkpoint was published. */
    record Published(CheckpointManifest manifest) implements GateEvent {}

    /** A held-out example arrived. */
    record Arrived(int partition, long offset) implements GateEvent {}

    /** A checkpoint was scored on a held-out example. */
    record Scored(ExampleScore score) implements GateEvent {}
}
