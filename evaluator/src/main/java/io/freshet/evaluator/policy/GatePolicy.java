package io.freshet.evaluator.policy;

import io.freshet.core.config.ModelSettings;
import io.freshet.evaluator.statistics.ErrorBudget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What counts as enough evidence. A trial is bound to the policy under which it opened, and carries it as {@link #canonicalJson}.
 *
 * @param objective what the models are trained for, which decides how they are compared: classification, masked-lm or causal-lm
 * @param primary what a candidate must show against the champion
 * @param logLossClip most nats that an answer's log-loss counts, wherever log-loss is tested, above 0
 * @param alpha the error budget of all promotions, in (0, 1); also the level at which each slice and guard is tested
 * @param futilityAlpha a trial ends as futile when the evidence against the candidate reaches 1 / futilityAlpha, in (0, 1)
 * @param minPairs pairs before which nothing is decided, at least 1
 * @param maxPairs pairs after which an undecided trial ends as futile, at least minPairs
 * @param patience pairs from which on an undecided trial that has used up every example there is yields to a waiting
 *     candidate, at least 1
 * @param lookback newest held-out examples that a trial may begin with, at least 0
 * @param budget how alpha is shared out over trials
 * @param anchorMargin a candidate must be shown to be worse than the anchor by less than this, in units of the primary metric,
 *     above 0; empty where no anchor is asked for
 * @param guards what a candidate may not worsen
 * @param slices where it may not be worse
 * @param superseded what becomes of a waiting candidate when a newer one appears
 * @param approval who lets a candidate reign that has passed
 * @param watch how a promotion is watched afterwards; empty where it is not
 */
public record GatePolicy(
        String objective,
        Primary primary,
        double logLossClip,
        double alpha,
        double futilityAlpha,
        long minPairs,
        long maxPairs,
        long patience,
        int lookback,
        Budget budget,
        OptionalDouble anchorMargin,
        Guards guards,
        Slices slices,
        Superseded superseded,
        Approval approval,
        Optional<Watch> watch) {

    /** -ln of the least probability that is told apart from 0 unless a policy says otherwise: e^-5 is 0.0067. */
    public static final double LOG_LOSS_CLIP = 5;

    public static final GatePolicy DEFAULTS = new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_000);

    /** A policy for classifiers that asks for nothing but better answers. */
    public GatePolicy(double alpha, double futilityAlpha, long minPairs, long maxPairs, long patience, int lookback) {
        this(alpha, futilityAlpha, minPairs, maxPairs, patience, lookback, ModelSettings.CLASSIFICATION, 0);
    }

    /**
     * A policy that asks for nothing but better answers, or for fewer bits per token.
     *
     * @param marginBits by how many bits, at least 0; 0 for classifiers
     */
    public GatePolicy(
            double alpha,
            double futilityAlpha,
            long minPairs,
            long maxPairs,
            long patience,
            int lookback,
            String objective,
            double marginBits) {
        this(
                objective,
                new Primary(usual(objective), marginBits, OptionalDouble.empty()),
                LOG_LOSS_CLIP,
                alpha,
                futilityAlpha,
                minPairs,
                maxPairs,
                patience,
                lookback,
                Budget.E_LOND,
                OptionalDouble.empty(),
                Guards.NONE,
                Slices.NONE,
                Superseded.NEWEST,
                Approval.AUTOMATIC,
                Optional.empty());
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
        if (!(logLossClip > 0 && logLossClip <= Double.MAX_VALUE)) { // written so that NaN fails too
            throw new IllegalArgumentException("logLossClip %s must be above 0 and finite".formatted(logLossClip));
        }
        List<String> problems = Consistency.problems(objective, primary, logLossClip, anchorMargin, guards, slices);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Returns the metric that models of an objective are compared by unless a policy says otherwise. */
    static Metric usual(String objective) {
        return objective.equals(ModelSettings.CLASSIFICATION) ? Metric.ACCURACY : Metric.BITS;
    }

    /** Returns the bits per token by which a language model must be better, at least 0; 0 for classifiers. */
    public double marginBits() {
        return primary.metric() == Metric.BITS ? primary.margin() : 0;
    }

    /** Returns the greatest of the margins in units of the primary metric. */
    public double greatestMargin() {
        double most = Math.max(primary.margin(), Math.max(primary.within().orElse(0), anchorMargin.orElse(0)));
        return slices.rules().stream().mapToDouble(SliceRule::margin).reduce(most, Math::max);
    }

    /**
     * Returns alpha_k.
     *
     * @param trial k, the number of the trial, from 1
     * @param promotions promotions before the trial opened, fewer than {@code trial}
     */
    public double level(int trial, int promotions) {
        return budget == Budget.E_LOND ? ErrorBudget.level(alpha, trial, promotions) : ErrorBudget.spend(alpha, trial);
    }

    /** Returns the policy with everything written out and sorted: equal policies have equal texts on every machine. */
    public String canonicalJson() {
        return CanonicalPolicy.write(this);
    }

    /** Returns the SHA-256 of {@link #canonicalJson} in UTF-8, lower-case hexadecimal. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(canonicalJson().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads back what {@link #canonicalJson} wrote.
     *
     * @throws io.freshet.core.config.ConfigException naming everything that is no policy
     */
    public static GatePolicy fromJson(String json) {
        return PolicyFile.fromJson(json);
    }
}
