package io.freshet.model.text;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses tokens to predict and hides them (Devlin et al., "BERT", 2019, section 3.1): of 15 % of the tokens, 80 % become
 * the mask, 10 % another token, 10 % stay.
 *
 * @param mask id of the mask token
 * @param vocabulary number of token ids
 */
public record Masking(int mask, int vocabulary) {

    private static final double SHARE = 0.15;

    public Masking {
        if (mask < 0 || mask >= vocabulary) {
            throw new IllegalArgumentException("mask %d is not in [0, %d)".formatted(mask, vocabulary));
        }
    }

    /**
     * Hides tokens of a text, at least one where there is one that is not special.
     *
     * @param seed the same seed hides the same tokens in the same way
     */
    public MaskedText mask(TokenIds text, long seed) {
        int[] ids = text.ids();
        int[] labels = new int[ids.length];
        Arrays.fill(labels, MaskedText.NONE);
        int[] places = text.ordinary();
        int wanted = places.length == 0 ? 0 : Math.max(1, (int) Math.round(SHARE * places.length));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < wanted; i++) {
            int other = i + random.nextInt(places.length - i);
            int place = places[other];
            places[other] = places[i];
            labels[place] = ids[place];
            ids[place] = hidden(ids[place], random);
        }
        return new MaskedText(ids, labels);
    }

    private int hidden(int id, SplittableRandom random) {
        int tenth = random.nextInt(10);
        if (tenth < 8) {
            return mask;
        }
        return tenth == 8 ? random.nextInt(vocabulary) : id;
    }
}
