package io.freshet.ingest.admission;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.split.Hashing;
import io.freshet.schemas.split.NormalisedText;
import java.util.HexFormat;

/** Short hashes by which what was admitted is remembered. */
public final class Fingerprint {

    /** 128 bits: among 10^12 examples the odds that any two collide are 10^-15. */
    private static final int HEX_DIGITS = 32;

    private Fingerprint() {}

    /** Returns 32 hexadecimal digits that are the same for the same text, pair and label, to the letter. */
    public static String ofContent(LabeledExample example) {
        if (!(example.getInput() instanceof TextInput input)) {
            throw new IllegalArgumentException("example '%s' has no text".formatted(example.getId()));
        }
        return shortened(Hashing.sha256(input.getText(), input.getTextPair(), example.getLabel()));
    }

    /** Returns 32 hexadecimal digits that are the same for texts that are the same once normalised. */
    public static String ofText(LabeledExample example) {
        return shortened(Hashing.sha256(NormalisedText.of(example)));
    }

    private static String shortened(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    }
}
