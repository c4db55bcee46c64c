package io.freshet.cli.run;

/** Holds publishing to a speed. */
public interface Pace {

    /** As fast as the broker takes it. */
    Pace UNLIMITED = sent -> {};

    /**
     * Returns when the next record may be sent.
     *
     * @param sent records sent so far
     */
    void await(long sent);
}
