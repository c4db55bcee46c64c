package io.freshet.trainer.learn;

import java.util.OptionalDouble;

/**
 * How well examples were predicted before they were learned from.
 *
 * @param count examples predicted
 * @param accuracy share predicted rightly; 0 for a language model
 * @param windowAccuracy the same over the last 1,000
 * @param loss mean log-loss in nats: of an example, of a token for a language model
 * @param bitsPerToken mean bits a predicted token; nothing for a classifier
 * @param windowBitsPerToken the same over the last 1,000 texts
 */
public record Standing(
        long count,
        double accuracy,
        double windowAccuracy,
        double loss,
        OptionalDouble bitsPerToken,
        OptionalDouble windowBitsPerToken) {

    /** Before anything was predicted. */
    public static final Standing NONE = new Standing(0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());

    static Standing of(Prequential answers) {
        return new Standing(
                answers.count(),
                answers.accuracy(),
                answers.windowAccuracy(),
                answers.loss(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    static Standing of(PrequentialBits bits) {
        return new Standing(
                bits.count(),
                0,
                0,
                bits.perToken() * StrictMath.log(2),
                OptionalDouble.of(bits.perToken()),
                OptionalDouble.of(bits.perTokenInWindow()));
    }
}
