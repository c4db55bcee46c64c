package io.freshet.ingest;

import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.split.Side;

/** What a step of the topology makes of a record. */
sealed interface Routed {

    /** Goes on to the next step. */
    record Onward(Incoming incoming) implements Routed {}

    /** An example that waits for its label from now on. */
    record Unlabelled(Candidate candidate) implements Routed {}

    /** Admitted to one side of the split. */
    record Admitted(Candidate candidate, Side side) implements Routed {}

    /** Not admitted. */
    record Rejected(RejectedExample record) implements Routed {}
}
