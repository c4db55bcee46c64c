package io.freshet.schemas.split;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text without what does not change its meaning: compatibility forms (NFKC), case, punctuation and repeated space. Two
 * texts that are the same here are the same to the held-out split.
 */
public final class NormalisedText {

    /** Apostrophes join what they stand between; other punctuation separates. */
    private static final Pattern DROPPED = Pattern.compile("['\\u2018\\u2019\\u02BC\\p{Cf}]");

    private static final Pattern SEPARATING = Pattern.compile("[\\p{P}\\p{Z}\\p{Cc}\\s]+");

    /** Cannot occur in a normalised text, so that ("a b", none) and ("a", "b") differ. */
    private static final String PAIR_SEPARATOR = "\n";

    private NormalisedText() {}

    /** Returns the normalised text of an example, its pair included. */
    public static String of(LabeledExample example) {
        if (!(example.getInput() instanceof TextInput input)) {
            throw new IllegalArgumentException("example '%s' has no text".formatted(example.getId()));
        }
        String pair = input.getTextPair();
        return pair == null ? of(input.getText()) : of(input.getText()) + PAIR_SEPARATOR + of(pair);
    }

    static String of(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
        // Upper case first: it unfolds ß to SS and joins the two small sigmas, as Unicode's full case folding does.
        String folded =
                compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
        String again = Normalizer.normalize(folded, Normalizer.Form.NFKC);
        String bare = SEPARATING
                .matcher(DROPPED.matcher(again).replaceAll(""))
                .replaceAll(" ")
                .trim();
        // Of "?!" nothing would be left, and all such texts would be one.
        return bare.isEmpty() ? again.trim() : bare;
    }
}
