package io.freshet.evaluator.policy;

/** Who lets a candidate reign that has passed its trial. */
public enum Approval {
    /** The gate, at once. */
    AUTOMATIC("automatic"),
    /** A person. */
    PERSON("person");

    private final String code;

    Approval(String code) {
        this.code = code;
    }

    /** Returns the name in policy files. */
    public String code() {
        return code;
    }
}
