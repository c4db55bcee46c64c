package io.freshet.model.discriminant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which features a discriminant is computed on.
 *
 * @param kind what is made of the encoder's features
 * @param encoder width of the encoder's features, at least 1
 * @param dense widest that the encoder's features are taken as they are, at least 1; wider ones are folded to that width
 * @param lexical places of the lexical features; 0 for none
 * @param fourier width of the random Fourier features; not looked at otherwise
 */
public record FeaturePlan(
        @JsonProperty("kind") Kind kind,
        @JsonProperty("encoder") int encoder,
        @JsonProperty("dense") int dense,
        @JsonProperty("lexical") int lexical,
        @JsonProperty("fourier") int fourier) {

    /** Widest plan that can be computed: the statistics then take 1.2 GiB. */
    public static final int WIDEST = 12_288;

    /** What is made of the encoder's features. */
    public enum Kind {
        /** They are taken as they are. */
        LINEAR,
        /** Random Fourier features of them. */
        FOURIER
    }

    public FeaturePlan {
        if (encoder < 1 || dense < 1 || lexical < 0 || (kind == Kind.FOURIER && fourier < 1)) {
            throw new IllegalArgumentException(
                    "encoder %d, dense %d and fourier %d must be at least 1, lexical %d at least 0"
                            .formatted(encoder, dense, fourier, lexical));
        }
        if (denseWidth(kind, encoder, dense, fourier) + (long) lexical > WIDEST) {
            throw new IllegalArgumentException("%d dense and %d lexical features are more than %d; take fewer"
                    .formatted(denseWidth(kind, encoder, dense, fourier), lexical, WIDEST));
        }
    }

    /** Returns the number of features. */
    public int width() {
        return denseWidth() + lexical;
    }

    int denseWidth() {
        return denseWidth(kind, encoder, dense, fourier);
    }

    private static int denseWidth(Kind kind, int encoder, int dense, int fourier) {
        return kind == Kind.FOURIER ? fourier : Math.min(encoder, dense);
    }
}
