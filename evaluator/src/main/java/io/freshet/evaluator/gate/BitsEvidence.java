package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.evaluator.statistics.ConfidenceSequence;
import io.freshet.evaluator.statistics.Interval;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Pair;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bits per token of two language models. The differences champion minus candidate, divided by the most bits there can be, lie in
 * [-1, 1] and are decided by {@link BettingProcess}; the trial is futile when {@link ConfidenceSequence} excludes a gain above
 * the margin.
 *
 * @param wins pairs where the candidate took fewer bits
 * @param losses pairs where the champion took fewer bits
 * @param championBits sum of the champion's bits per token over the pairs
 * @param candidateBits sum of the candidate's
 * @param maxBits binary logarithm of the size of both models' vocabulary; 0 before the first pair
 * @param differences of the scaled bits
 */
record BitsEvidence(
        long wins, long losses, double championBits, double candidateBits, double maxBits, Differences differences)
        implements Evidence {

    static final BitsEvidence NONE = new BitsEvidence(0, 0, 0, 0, 0, Differences.NONE);

    /** The size of a vocabulary is an int: what is known of a difference before the first pair. */
    private static final double MOST_BITS = 31;

    private static final double LN_2 = Math.log(2);

    @Override
    public Optional<String> objection(ExampleScore score) {
        if (score.getError() != null) {
            return Optional.of(score.getError());
        }
        Double bits = score.getBitsPerToken();
        Double most = score.getMaxBits();
        if (bits == null || most == null) {
            return Optional.of("it was scored as a classifier; the objectives of gate and scorer differ");
        }
        return bits >= 0 && bits <= most && most > 0 && most <= MOST_BITS // false for NaN
                ? Optional.empty()
                : Optional.of("its %s bits per token are outside [0, %s]".formatted(bits, most));
    }

    @Override
    public boolean comparable(ExampleScore score) {
        return true;
    }

    @Override
    public Optional<Verdict> mismatch(ExampleScore championScore, ExampleScore candidateScore, Rules rules) {
        double most = most(candidateScore);
        if (most != most(championScore)) {
            return Optional.of(Verdict.vocabularyDiffers(
                    "the champion's vocabulary has %d pieces and the candidate's %d; bits per token compare only over the same one"
                            .formatted(pieces(championScore), pieces(candidateScore))));
        }
        double margin = rules.policy().greatestMargin();
        return margin < most
                ? Optional.empty()
                : Optional.of(Verdict.candidateFailed(
                        "the margin of %s bits is not below the %s bits that the vocabulary allows; lower gate.margin.bits, or that margin in the policy file"
                                .formatted(margin, most)));
    }

    @Override
    public BitsEvidence add(Pair pair, Rules rules) {
        double championTook = known(pair.getChampionBits());
        double candidateTook = known(pair.getCandidateBits());
        return new BitsEvidence(
                wins + (candidateTook < championTook ? 1 : 0),
                losses + (championTook < candidateTook ? 1 : 0),
                championBits + championTook,
                candidateBits + candidateTook,
                known(pair.getMaxBits()),
                differences.add(pair, rules));
    }

    @Override
    public long pairs() {
        return differences.better().count();
    }

    @Override
    public double logEvidence(Rules rules) {
        return differences.better().logWealth();
    }

    @Override
    public boolean against(Rules rules) {
        return differences.hopeless(rules, maxBits);
    }

    @Override
    public Interval interval(Rules rules) {
        return differences.interval().interval(rules.alpha()).times(pairs() == 0 ? MOST_BITS : maxBits);
    }

    @Override
    public ModelScore score(GateState.Role role, LabelTallies tallies) {
        if (pairs() == 0) {
            return new ModelScore(0.0, 0.0, 0.0, 0.0, 0.0, null, null, null, List.of());
        }
        double sum = role == GateState.Role.CHAMPION ? championBits : candidateBits;
        double bits = sum / pairs();
        return new ModelScore(0.0, 0.0, 0.0, 0.0, bits * LN_2, bits, null, null, List.of());
    }

    @Override
    public long[] toLongs() {
        long[] longs = new long[3 + Differences.SIZE];
        longs[0] = doubleToRawLongBits(championBits);
        longs[1] = doubleToRawLongBits(candidateBits);
        longs[2] = doubleToRawLongBits(maxBits);
        differences.write(longs, 3);
        return longs;
    }

    static BitsEvidence fromLongs(long wins, long losses, long[] longs, int at) {
        return new BitsEvidence(
                wins,
                losses,
                longBitsToDouble(longs[at]),
                longBitsToDouble(longs[at + 1]),
                longBitsToDouble(longs[at + 2]),
                Differences.read(longs, at + 3));
    }

    private static double known(@Nullable Double value) {
        return Objects.requireNonNull(value, "a pair of language models says their bits");
    }

    private static double most(ExampleScore score) {
        return Objects.requireNonNull(score.getMaxBits(), "a score without most bits has an objection");
    }

    private static long pieces(ExampleScore score) {
        return Math.round(Math.pow(2, most(score)));
    }
}
