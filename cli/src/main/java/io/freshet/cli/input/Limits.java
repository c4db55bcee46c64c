package io.freshet.cli.input;

/** Bounds on what is read into memory at once. */
final class Limits {

    /** Longest record kept, in bytes; leaves room for the envelope within Kafka's default of 1 MiB a message. */
    static final int RECORD_BYTES = 512 * 1024;

    /** Most lines that one quoted CSV record may span; beyond it the quote is taken for an unclosed one. */
    static final int RECORD_LINES = 1_000;

    private Limits() {}
}
