package io.freshet.cli.backtest;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts into the numbers of their words and pairs of neighbouring words (the hashing trick: Weinberger et al. 2009).
 *
 * @param bits of a number, 1 to 24
 */
record HashedWords(int bits) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");
    private static final int MULTIPLIER = 0x9E3779B1; // spreads what String.hashCode leaves in the low bits

    HashedWords {
        if (bits < 1 || bits > 24) {
            throw new IllegalArgumentException("bits %d is outside [1, 24]".formatted(bits));
        }
    }

    /** Returns how many numbers there are. */
    int size() {
        return 1 << bits;
    }

    /** Returns the numbers of a text, each in [0, {@link #size}): first that of every text, then words, then pairs. */
    int[] of(String text) {
        List<String> words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
        int count = words.size();
        int[] features = new int[count == 0 ? 1 : 2 * count];
        features[0] = number("");
        for (int i = 0; i < count; i++) {
            features[i + 1] = number(words.get(i));
            if (i > 0) {
                features[count + i] = number(words.get(i - 1) + ' ' + words.get(i));
            }
        }
        return features;
    }

    private int number(String word) {
        return (word.hashCode() * MULTIPLIER) >>> (Integer.SIZE - bits);
    }
}
