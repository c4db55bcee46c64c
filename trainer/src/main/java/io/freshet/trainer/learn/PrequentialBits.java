package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bits a language model needs for a token of texts that it has not learned from yet: over all of them and over
 * the last 1,000. A text without a token to predict does not count.
 */
final class PrequentialBits {

    static final int WINDOW = 1_000;

    /**
     * One text.
     *
     * @param bits bits of all its predicted tokens together, at least 0
     * @param tokens tokens predicted, at least 1
     */
    record Text(
            @JsonProperty("bits") double bits,
            @JsonProperty("tokens") int tokens) {
        Text {
            if (!(bits >= 0 && bits < Double.POSITIVE_INFINITY) || tokens < 1) {
                throw new IllegalArgumentException("%s bits of %d tokens are no score".formatted(bits, tokens));
            }
        }
    }

    /**
     * What a checkpoint keeps.
     *
     * @param count texts so far
     * @param tokens tokens predicted so far
     * @param bits bits so far
     * @param window the last texts, oldest first
     */
    record State(
            @JsonProperty("count") long count,
            @JsonProperty("tokens") long tokens,
            @JsonProperty("bits") double bits,
            @JsonProperty("window") List<Text> window) {

        static final State EMPTY = new State(0, 0, 0, List.of());

        State {
            window = List.copyOf(window);
            if (tokens < count || window.size() != Math.min(count, WINDOW)) {
                throw new IllegalArgumentException("%d texts of %d tokens, the last %d kept, do not fit together"
                        .formatted(count, tokens, window.size()));
            }
        }
    }

    private final Text[] ring = new Text[WINDOW];
    private long count;
    private long tokens;
    private double bits;

    PrequentialBits(State state) {
        count = state.count - state.window.size();
        state.window.forEach(this::put);
        tokens = state.tokens;
        bits = state.bits;
    }

    /** Counts one text. */
    void add(Text text) {
        put(text);
        tokens += text.tokens;
        bits += text.bits;
    }

    private void put(Text text) {
        ring[(int) (count % WINDOW)] = text;
        count++;
    }

    long count() {
        return count;
    }

    /** Returns the mean over all tokens so far; 0 before the first. */
    double perToken() {
        return tokens == 0 ? 0 : bits / tokens;
    }

    /** Returns the mean over the tokens of the last 1,000 texts; 0 before the first. */
    double perTokenInWindow() {
        double sum = 0;
        long predicted = 0;
        for (Text text : window()) {
            sum += text.bits;
            predicted += text.tokens;
        }
        return predicted == 0 ? 0 : sum / predicted;
    }

    State state() {
        return new State(count, tokens, bits, window());
    }

    private List<Text> window() {
        List<Text> window = new ArrayList<>();
        for (long i = Math.max(0, count - WINDOW); i < count; i++) {
            window.add(ring[(int) (i % WINDOW)]);
        }
        return window;
    }
}
