package io.freshet.bench.batch;

/** How examples are divided into batches. */
public enum Order {
    /** As they come, each batch padded to its longest: what a plain training loop does. */
    ARRIVAL("arrival order"),
    /** Windows of them by length, cut by a budget of tokens: what the trainer does. */
    SORTED("sorted windows");

    private final String title;

    Order(String title) {
        this.title = title;
    }

    /** Returns what it is called in reports. */
    public String title() {
        return title;
    }
}
