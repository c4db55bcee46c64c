package io.freshet.cli.input;

/** A field of a record is missing or of the wrong type. */
final class MalformedFieldException extends Exception {

    private final String problem;

    MalformedFieldException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
