package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.core.measure.Calibration;
import io.freshet.core.measure.NegativeFlips;
import io.freshet.evaluator.policy.Primary;
import io.freshet.evaluator.statistics.AnswerTally;
import io.freshet.evaluator.statistics.Interval;
import io.freshet.evaluator.statistics.Quality;
import io.freshet.evaluator.statistics.SequentialMcNemar;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Pair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers of two classifiers, decided by {@link SequentialMcNemar} where the policy asks for more right answers, and otherwise by the
 * betting test on the primary metric.
 *
 * @param wins pairs where only the candidate was right
 * @param losses pairs where only the champion was right
 * @param champion the champion's answers
 * @param candidate the candidate's answers, as many as the champion's
 * @param differences of the two in the primary metric
 */
record AnswerEvidence(long wins, long losses, AnswerTally champion, AnswerTally candidate, Differences differences)
        implements Evidence {

    /** A record of an evaluation stays small however many labels there are. */
    private static final int MOST_LABELS = 100;

    static final AnswerEvidence NONE = new AnswerEvidence(0, 0, AnswerTally.NONE, AnswerTally.NONE, Differences.NONE);

    @Override
    public Optional<String> objection(ExampleScore score) {
        if (score.getError() != null) {
            return Optional.of(score.getError());
        }
        if (score.getBitsPerToken() != null) {
            return Optional.of("it was scored as a language model; the objectives of gate and scorer differ");
        }
        if (isNaN(score.getPredictedProbability()) || isNaN(score.getBrier())) {
            return Optional.of("the probability of its answer (%s) or its Brier score (%s) is not a number"
                    .formatted(score.getPredictedProbability(), score.getBrier()));
        }
        double p = score.getProbability();
        return p > 0 && p <= 1 // false for NaN
                ? Optional.empty()
                : Optional.of("its probability %s is outside (0, 1]".formatted(p));
    }

    @Override
    public boolean comparable(ExampleScore score) {
        return !score.getLabel().isEmpty();
    }

    @Override
    public Optional<Verdict> mismatch(ExampleScore championScore, ExampleScore candidateScore, Rules rules) {
        return Optional.empty();
    }

    @Override
    public AnswerEvidence add(Pair pair, Rules rules) {
        Answer old = Answer.ofChampion(pair);
        Answer tried = Answer.ofCandidate(pair);
        return new AnswerEvidence(
                wins + (tried.right() && !old.right() ? 1 : 0),
                losses + (old.right() && !tried.right() ? 1 : 0),
                champion.add(old.right(), old.probability()),
                candidate.add(tried.right(), tried.probability()),
                differences.add(pair, rules));
    }

    @Override
    public long pairs() {
        return champion.answers();
    }

    @Override
    public double logEvidence(Rules rules) {
        return rules.policy().primary().byMcNemar()
                ? SequentialMcNemar.logEvidence(wins, losses)
                : differences.better().logWealth();
    }

    @Override
    public boolean against(Rules rules) {
        Primary primary = rules.policy().primary();
        if (primary.byMcNemar() && primary.within().isEmpty()) {
            double most = -Math.log(rules.trial().getFutilityAlpha());
            return SequentialMcNemar.logEvidenceAgainst(wins, losses) >= most;
        }
        return differences.hopeless(rules, width(rules));
    }

    @Override
    public Interval interval(Rules rules) {
        return differences.interval().interval(rules.alpha()).times(width(rules));
    }

    private static double width(Rules rules) {
        return rules.policy().primary().metric().width(rules.policy().logLossClip());
    }

    @Override
    public ModelScore score(GateState.Role role, LabelTallies tallies) {
        Quality quality = Quality.of(role == GateState.Role.CHAMPION ? champion : candidate, tallies.of(role));
        Calibration calibration = tallies.calibration(role);
        boolean said = calibration.count() > 0;
        return ModelScore.newBuilder()
                .setAccuracy(quality.accuracy())
                .setMacroPrecision(quality.macroPrecision())
                .setMacroRecall(quality.macroRecall())
                .setMacroF1(quality.macroF1())
                .setLogLoss(quality.logLoss())
                .setCalibrationError(said ? calibration.expectedError() : null)
                .setBrier(said ? calibration.brier() : null)
                .setLabels(tallies.commonest(role, MOST_LABELS))
                .build();
    }

    /** Returns what the candidate changes in the champion's answers. */
    NegativeFlips flips() {
        return new NegativeFlips(pairs(), losses, wins);
    }

    @Override
    public long[] toLongs() {
        long[] longs = new long[5 + Differences.SIZE];
        longs[0] = champion.answers();
        longs[1] = champion.right();
        longs[2] = doubleToRawLongBits(champion.lossSum());
        longs[3] = candidate.right();
        longs[4] = doubleToRawLongBits(candidate.lossSum());
        differences.write(longs, 5);
        return longs;
    }

    static AnswerEvidence fromLongs(long wins, long losses, long[] longs, int at) {
        return new AnswerEvidence(
                wins,
                losses,
                new AnswerTally(longs[at], longs[at + 1], longBitsToDouble(longs[at + 2])),
                new AnswerTally(longs[at], longs[at + 3], longBitsToDouble(longs[at + 4])),
                Differences.read(longs, at + 5));
    }

    private static boolean isNaN(@Nullable Double value) {
        return value != null && value.isNaN();
    }
}
