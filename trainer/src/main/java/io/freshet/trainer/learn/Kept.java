package io.freshet.trainer.learn;

/** An example in a memory. Immutable. */
final class Kept {

    /** Objects, references and hashes around the parts that are counted. */
    private static final long OVERHEAD = 256;

    private static final long BYTES_A_CHARACTER = 2;

    /** An id, a type and a mark. */
    private static final long BYTES_A_TOKEN = 9;

    private final Learnable example;
    private final long at;
    private final float[] logits;

    /**
     * @param at how many examples had been offered to the memory when this one was, itself included; 0 if not known
     * @param logits the model's when it was kept, of the labels known then; empty if they are not kept
     */
    Kept(Learnable example, long at, float[] logits) {
        this.example = example;
        this.at = at;
        this.logits = logits.clone();
    }

    Learnable example() {
        return example;
    }

    String id() {
        return example.id();
    }

    long at() {
        return at;
    }

    /** Returns the logits; a copy. */
    float[] logits() {
        return logits.clone();
    }

    /** Returns about how many bytes it takes on the heap: the same number for the same example everywhere. */
    long bytes() {
        String pair = example.input().textPair();
        String label = example.label();
        long characters = (long) example.id().length()
                + example.input().text().length()
                + (pair == null ? 0 : pair.length())
                + (label == null ? 0 : label.length());
        return OVERHEAD
                + BYTES_A_CHARACTER * characters
                + BYTES_A_TOKEN * example.encoded().length()
                + (long) Float.BYTES * logits.length;
    }
}
