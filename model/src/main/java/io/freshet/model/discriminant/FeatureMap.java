package io.freshet.model.discriminant;

import io.freshet.model.TextInput;
import org.jspecify.annotations.Nullable;

/**
 * Makes the features of a text: those of the encoder, divided by the square root of their number, so that they are about
 * as long as the lexical ones. Safe for several threads.
 */
public final class FeatureMap {

    private static final int FOLDS = 2;

    private final FeaturePlan plan;
    private final @Nullable LexicalMap lexical;
    private final @Nullable FourierMap fourier;

    public FeatureMap(FeaturePlan plan) {
        this.plan = plan;
        lexical = plan.lexical() > 0 ? new LexicalMap(plan.lexical()) : null;
        fourier = plan.kind() == FeaturePlan.Kind.FOURIER ? new FourierMap(plan.encoder(), plan.fourier()) : null;
    }

    public FeaturePlan plan() {
        return plan;
    }

    /**
     * Makes features.
     *
     * @param encoded what the encoder gives, see {@link io.freshet.model.TextModel#features}
     */
    public Features of(TextInput input, float[] encoded) {
        if (encoded.length != plan.encoder()) {
            throw new IllegalArgumentException("the encoder gives %d features, but %d were learned from"
                    .formatted(encoded.length, plan.encoder()));
        }
        float[] dense = fourier == null ? scaled(encoded) : fourier.of(encoded);
        return lexical == null ? new Features(dense, new int[0], new float[0]) : lexical.behind(dense, input);
    }

    private float[] scaled(float[] encoded) {
        double scale = 1 / Math.sqrt(encoded.length);
        float[] dense = new float[plan.denseWidth()];
        if (encoded.length == dense.length) {
            for (int i = 0; i < dense.length; i++) {
                dense[i] = (float) (scale * encoded[i]);
            }
            return dense;
        }
        // each to two signed places, which keeps inner products in expectation
        double share = scale / Math.sqrt(FOLDS);
        for (int i = 0; i < encoded.length; i++) {
            for (int fold = 0; fold < FOLDS; fold++) {
                long number = Hash.mix(i, fold);
                dense[Hash.place(number, dense.length)] += (float) (share * Hash.sign(number) * encoded[i]);
            }
        }
        return dense;
    }
}
