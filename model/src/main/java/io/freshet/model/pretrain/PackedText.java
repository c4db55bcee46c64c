package io.freshet.model.pretrain;

import java.util.ArrayList;
import java.util.List;

/**
 * A corpus as sequences of one length without padding: {@code [CLS]} and then the texts one after the other, each ended by
 * {@code [SEP]}, cut where the sequence is full. Every hundredth sequence is held out, fewer of a large corpus.
 */
final class PackedText {

    private static final int HELD_OUT = 100;

    /** So many sequences are needed for one to be held out. */
    static final int FEWEST = HELD_OUT / 2 + 1;

    /** Most sequences held out: the standard error of their loss is then below 0.03 nats. */
    private static final int MOST_HELD_OUT = 256;

    private final TokenStream tokens;
    private final Vocabulary vocabulary;
    private final int length;
    private final List<Integer> training = new ArrayList<>();
    private final List<Integer> heldOut = new ArrayList<>();

    /**
     * Cuts a stream.
     *
     * @param length tokens of a sequence, at least 2
     */
    PackedText(TokenStream tokens, Vocabulary vocabulary, int length) {
        this.tokens = tokens;
        this.vocabulary = vocabulary;
        this.length = length;
        int sequences = tokens.size() / (length - 1);
        int stride = Math.max(HELD_OUT, sequences / MOST_HELD_OUT + 1);
        for (int i = 0; i < sequences; i++) {
            (i % stride == stride / 2 ? heldOut : training).add(i);
        }
    }

    int length() {
        return length;
    }

    int tokens() {
        return tokens.size();
    }

    int trainingSequences() {
        return training.size();
    }

    int heldOutSequences() {
        return heldOut.size();
    }

    int[] training(int index) {
        return sequence(training.get(index));
    }

    int[] heldOut(int index) {
        return sequence(heldOut.get(index));
    }

    private int[] sequence(int number) {
        int[] ids = new int[length];
        ids[0] = vocabulary.first();
        tokens.copy(number * (length - 1), length - 1, ids, 1);
        return ids;
    }
}
