package io.freshet.schemas.split;

/** Where an admitted example goes. */
public enum Side {
    /** Learned from. */
    TRAIN("train"),
    /** Only ever scored on. */
    HELD_OUT("heldout");

    private final String label;

    Side(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
