package io.freshet.bench.input;

import io.freshet.model.text.WordPieces;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Texts made from a seed where none are given: as long as what people ask an assistant (8 words on average, 1 to 25), of
 * words that are one piece each, few of them frequent and most rare.
 */
public final class SyntheticTexts {

    private static final int LABELS = 150;
    private static final double MEAN_WORDS = 8.3;
    private static final double DEVIATION = 3.3;
    private static final int LONGEST = 25;

    private SyntheticTexts() {}

    /** Returns the words of bert-base-uncased's vocabulary, which a BERT has a piece for each. */
    public static List<String> words() {
        return WordPieces.bertBaseUncased().pieces().stream()
                .filter(piece -> piece.matches("[a-z]{2,}"))
                .toList();
    }

    /**
     * Makes texts.
     *
     * @param words at least one, the frequent ones first
     * @param count how many
     * @param seed the same seed gives the same texts
     */
    public static List<LabelledText> of(List<String> words, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> new LabelledText(text(words, random), "intent " + random.nextInt(LABELS)))
                .toList();
    }

    private static String text(List<String> words, Random random) {
        long length = Math.round(MEAN_WORDS + DEVIATION * random.nextGaussian());
        int bounded = (int) Math.max(1, Math.min(LONGEST, length));
        List<String> text = IntStream.range(0, bounded)
                .mapToObj(i -> words.get(rank(words.size(), random)))
                .toList();
        return String.join(" ", text);
    }

    /** A rank whose probability falls about as 1 / rank (Zipf): uniform in the logarithm. */
    private static int rank(int count, Random random) {
        return (int) Math.min(count - 1, Math.pow(count + 1.0, random.nextDouble()) - 1);
    }
}
