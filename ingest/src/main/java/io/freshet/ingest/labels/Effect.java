package io.freshet.ingest.labels;

import java.util.OptionalLong;

/** Something to be done or counted for one id. */
public sealed interface Effect {

    /** The example begins to wait for its label. */
    record Await() implements Effect {}

    /** The example goes on with the label that it brought. */
    record Admit() implements Effect {}

    /**
     * The example goes on with a label that came by itself.
     *
     * @param waited how long the example waited for it, milliseconds, not negative; empty if the label was there first
     */
    record Join(String label, OptionalLong waited) implements Effect {}

    /** The example, which went on with another label before, gets this one. */
    record Correct(String label) implements Effect {}

    /** The label begins to wait for its example. */
    record Hold() implements Effect {}

    /** The label waits no longer: its example is here. */
    record Release() implements Effect {}

    /** A label says what is known. */
    record Repeat() implements Effect {}

    /** A label is older than another one of the same id, and is dropped. */
    record Outdate() implements Effect {}

    /** The example has waited long enough. */
    record ExpireExample() implements Effect {}

    /** The label has waited long enough. */
    record ExpireLabel() implements Effect {}

    /** The champion's answer, given before the label was there, was right or wrong. */
    record Score(boolean right) implements Effect {}
}
