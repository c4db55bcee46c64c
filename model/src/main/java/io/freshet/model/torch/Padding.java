package io.freshet.model.torch;

/**
 * How texts are brought to one length.
 *
 * @param id token id that fills up
 * @param multiple what the common length is rounded up to a multiple of, at least 1
 * @param longest length that is not rounded beyond: what the model can read
 */
public record Padding(int id, int multiple, int longest) {

    /** Returns the same without rounding. */
    public Padding exact() {
        return new Padding(id, 1, longest);
    }

    int width(int length) {
        int rounded = (length + multiple - 1) / multiple * multiple;
        return Math.max(length, Math.min(rounded, longest));
    }
}
