package io.freshet.cli.input;

/**
 * Ids for examples that bring none: the same file gives the same ids.
 *
 * @param prefix the split, or the file's name without its ending
 */
record Numbering(String prefix) {

    /** Returns for example {@code train-000123}. */
    String id(long position) {
        return "%s-%06d".formatted(prefix, position);
    }
}
