package io.freshet.evaluator.policy;

/** What becomes of a candidate that waits for its trial when a newer one appears. */
public enum Superseded {
    /** It is passed over. */
    NEWEST("newest"),
    /** It keeps its turn. */
    QUEUE("queue");

    private final String code;

    Superseded(String code) {
        this.code = code;
    }

    /** Returns the name in policy files. */
    public String code() {
        return code;
    }
}
