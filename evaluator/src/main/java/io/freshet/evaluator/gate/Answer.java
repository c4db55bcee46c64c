package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Metric;
import io.freshet.evaluator.statistics.ScoreRange;
import io.freshet.schemas.Pair;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one model answered in a pair.
 *
 * @param right whether its answer is the true label; false for a language model
 * @param probability of the true label, in (0, 1]
 * @param brier Brier score, in [0, 2]; null where its scorer did not say it, and for a language model
 * @param bits per token; null for a classifier
 */
record Answer(
        boolean right,
        double probability,
        @Nullable Double brier,
        @Nullable Double bits) {

    static Answer ofChampion(Pair pair) {
        return new Answer(
                pair.getLabel().equals(pair.getChampionPredicted()),
                pair.getChampionProbability(),
                pair.getChampionBrier(),
                pair.getChampionBits());
    }

    static Answer ofCandidate(Pair pair) {
        return new Answer(
                pair.getLabel().equals(pair.getCandidatePredicted()),
                pair.getCandidateProbability(),
                pair.getCandidateBrier(),
                pair.getCandidateBits());
    }

    /** Returns the anchor's; empty where the pair has none. */
    static Optional<Answer> ofAnchor(Pair pair, Rules rules) {
        if (rules.championIsAnchor()) {
            return Optional.of(ofChampion(pair));
        }
        if (rules.trial().getCandidate().equals(rules.trial().getAnchor())) {
            return Optional.of(ofCandidate(pair));
        }
        Double probability = pair.getAnchorProbability();
        return probability == null
                ? Optional.empty()
                : Optional.of(new Answer(
                        pair.getLabel().equals(pair.getAnchorPredicted()),
                        probability,
                        pair.getAnchorBrier(),
                        pair.getAnchorBits()));
    }

    /** Whether the metric can be told. */
    boolean says(Metric metric) {
        return switch (metric) {
            case ACCURACY, LOG_LOSS -> bits == null;
            case BRIER -> brier != null;
            case BITS -> bits != null;
        };
    }

    /**
     * Returns by how much this answer is better than another one, in [-1, 1], where 1 is the width of the metric's range. Both
     * must say the metric.
     *
     * @param width as {@link Metric#width}; of bits, the most that the vocabulary allows
     */
    double betterThan(Answer other, Metric metric, double width) {
        return switch (metric) {
            case ACCURACY -> (right ? 1 : 0) - (other.right ? 1 : 0);
            case LOG_LOSS -> ScoreRange.logLoss(width).difference(-Math.log(other.probability), -Math.log(probability));
            case BRIER -> ScoreRange.BRIER.difference(known(other.brier), known(brier));
            case BITS -> (known(other.bits) - known(bits)) / width;
        };
    }

    /** Whether this answer wins against another one: is right where that is wrong, or took fewer bits. */
    boolean better(Answer other) {
        if (bits != null && other.bits != null) {
            return bits < other.bits;
        }
        return right && !other.right;
    }

    /** Returns the width of the range of a metric's scores in a pair. */
    static double width(Metric metric, GatePolicy policy, Pair pair) {
        Double most = pair.getMaxBits();
        return metric == Metric.BITS && most != null ? most : metric.width(policy.logLossClip());
    }

    private static double known(@Nullable Double value) {
        return Objects.requireNonNull(value, "an answer that does not say the metric can't be compared by it");
    }
}
