package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Trial;

/** What a person's command comes to, once nothing speaks against it. */
sealed interface Order {

    /** The candidate that has passed reigns, and is the anchor. */
    record Approve(Passed passed) implements Order {}

    /** The candidate on trial is given up. */
    record RejectOnTrial(Trial trial) implements Order {}

    /** A candidate that waits for a trial is given up. */
    record RejectWaiting(CheckpointManifest candidate) implements Order {}

    /** The candidate that has passed is given up. */
    record RejectPassed(Passed passed) implements Order {}

    /** Nothing is promoted from now on. */
    record Hold() implements Order {}

    /** Promotions go on. */
    record Resume() implements Order {}

    /** An earlier champion reigns again. */
    record RollBack(CheckpointManifest to) implements Order {}

    /** The anchor moves. */
    record Pin(CheckpointManifest to) implements Order {}
}
