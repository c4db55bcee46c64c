package io.freshet.evaluator.gate;

import io.freshet.core.config.ModelSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What counts as enough evidence. A trial is bound to the policy under which it opened.
 *
 * @param alpha false discovery rate of promotions, in (0, 1)
 * @param futilityAlpha a trial ends as futile when the evidence against the candidate reaches 1 / futilityAlpha, in (0, 1)
 * @param minPairs pairs before which nothing is decided, at least 1
 * @param maxPairs pairs after which an undecided trial ends as futile, at least minPairs
 * @param patience pairs from which on an undecided trial that has used up every example there is yields to a waiting
 *     candidate, at least 1
 * @param lookback newest held-out examples that a trial may begin with, at least 0
 * @param objective what the models are trained for, which decides how they are compared: classification, masked-lm or causal-lm
 * @param marginBits bits per token by which a language model must be better, at least 0; 0 for classifiers
 */
public record GatePolicy(
        double alpha,
        double futilityAlpha,
        long minPairs,
        long maxPairs,
        long patience,
        int lookback,
        String objective,
        double marginBits) {

    public static final GatePolicy DEFAULTS = new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_000);

    /** A policy for classifiers. */
    public GatePolicy(double alpha, double futilityAlpha, long minPairs, long maxPairs, long patience, int lookback) {
        this(alpha, futilityAlpha, minPairs, maxPairs, patience, lookback, ModelSettings.CLASSIFICATION, 0);
    }

    public GatePolicy {
        if (!(alpha > 0 && alpha < 1) || !(futilityAlpha > 0 && futilityAlpha < 1)) {
            throw new IllegalArgumentException(
                    "alpha %s and futilityAlpha %s must be in (0, 1)".formatted(alpha, futilityAlpha));
        }
        if (minPairs < 1 || maxPairs < minPairs || patience < 1 || lookback < 0) {
            throw new IllegalArgumentException(
                    "minPairs %d and patience %d must be at least 1, maxPairs %d at least minPairs, lookback %d at least 0"
                            .formatted(minPairs, patience, maxPairs, lookback));
        }
        if (!ModelSettings.OBJECTIVES.contains(objective)) {
            throw new IllegalArgumentException(
                    "objective '%s' is none of %s".formatted(objective, ModelSettings.OBJECTIVES));
        }
        double most = objective.equals(ModelSettings.CLASSIFICATION) ? 0 : Double.MAX_VALUE;
        if (!(marginBits >= 0 && marginBits <= most)) { // written so that NaN fails too
            throw new IllegalArgumentException("marginBits %s must be at least 0 and finite, and 0 with objective %s"
                    .formatted(marginBits, objective));
        }
    }

    /** Returns the SHA-256 of the policy, lower-case hexadecimal: equal policies have equal hashes on every machine. */
    public String hash() {
        String canonical = "alpha=%s;futilityAlpha=%s;minPairs=%d;maxPairs=%d;patience=%d;lookback=%d"
                .formatted(alpha, futilityAlpha, minPairs, maxPairs, patience, lookback);
        if (!objective.equals(ModelSettings.CLASSIFICATION)) {
            canonical += ";objective=%s;marginBits=%s".formatted(objective, marginBits);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
