package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.core.measure.Calibration;
import io.freshet.core.measure.NegativeFlips;
import io.freshet.evaluator.statistics.AnswerTally;
import io.freshet.evaluator.statistics.ConfidenceSequence;
import io.freshet.evaluator.statistics.Interval;
import io.freshet.evaluator.statistics.Quality;
import io.freshet.evaluator.statistics.SequentialMcNemar;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Trial;
import java.util.Optional;

/**
 * Right and wrong answers of two classifiers, decided by {@link SequentialMcNemar}.
 *
 * @param wins pairs where only the candidate was right
 * @param losses pairs where only the champion was right
 * @param champion the champion's answers
 * @param candidate the candidate's answers, as many as the champion's
 * @param difference of the candidate's accuracy and the champion's
 */
record AnswerEvidence(
        long wins, long losses, AnswerTally champion, AnswerTally candidate, ConfidenceSequence difference)
        implements Evidence {

    /** A record of an evaluation stays small however many labels there are. */
    private static final int MOST_LABELS = 100;

    static final AnswerEvidence NONE =
            new AnswerEvidence(0, 0, AnswerTally.NONE, AnswerTally.NONE, ConfidenceSequence.EMPTY);

    @Override
    public Optional<String> objection(ExampleScore score) {
        if (score.getError() != null) {
            return Optional.of(score.getError());
        }
        if (score.getBitsPerToken() != null) {
            return Optional.of("it was scored as a language model; the objectives of gate and scorer differ");
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
    public Optional<Verdict> mismatch(ExampleScore championScore, ExampleScore candidateScore, Trial trial) {
        return Optional.empty();
    }

    @Override
    public AnswerEvidence add(ExampleScore championScore, ExampleScore candidateScore, Trial trial) {
        boolean championRight = right(championScore);
        boolean candidateRight = right(candidateScore);
        int d = (candidateRight ? 1 : 0) - (championRight ? 1 : 0);
        return new AnswerEvidence(
                wins + (d > 0 ? 1 : 0),
                losses + (d < 0 ? 1 : 0),
                champion.add(championRight, championScore.getProbability()),
                candidate.add(candidateRight, candidateScore.getProbability()),
                difference.add(d, trial.getAlpha()));
    }

    @Override
    public long pairs() {
        return champion.answers();
    }

    @Override
    public double logEvidence() {
        return SequentialMcNemar.logEvidence(wins, losses);
    }

    @Override
    public boolean against(Trial trial) {
        return SequentialMcNemar.logEvidenceAgainst(wins, losses) >= -Math.log(trial.getFutilityAlpha());
    }

    @Override
    public Interval interval(Trial trial) {
        return difference.interval(trial.getAlpha());
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
        long[] longs = new long[5 + StoredStatistics.SEQUENCE];
        longs[0] = champion.answers();
        longs[1] = champion.right();
        longs[2] = doubleToRawLongBits(champion.lossSum());
        longs[3] = candidate.right();
        longs[4] = doubleToRawLongBits(candidate.lossSum());
        StoredStatistics.write(difference, longs, 5);
        return longs;
    }

    static AnswerEvidence fromLongs(long wins, long losses, long[] longs, int at) {
        return new AnswerEvidence(
                wins,
                losses,
                new AnswerTally(longs[at], longs[at + 1], longBitsToDouble(longs[at + 2])),
                new AnswerTally(longs[at], longs[at + 3], longBitsToDouble(longs[at + 4])),
                StoredStatistics.sequence(longs, at + 5));
    }

    private static boolean right(ExampleScore score) {
        return score.getLabel().equals(score.getPredicted());
    }
}
