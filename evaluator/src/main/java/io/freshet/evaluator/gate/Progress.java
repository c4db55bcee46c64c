package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.evaluator.statistics.AnswerTally;
import io.freshet.evaluator.statistics.ConfidenceSequence;
import io.freshet.evaluator.statistics.SequentialMcNemar;

/**
 * What the open trial has counted.
 *
 * @param wins pairs where only the candidate was right
 * @param losses pairs where only the champion was right
 * @param expected held-out examples that have arrived in the trial's range
 * @param done those of them that both models have answered, counted as a pair or not
 * @param announced {@code expected} when it was last said that no example is left; -1 if it never was
 * @param champion the champion's answers
 * @param candidate the candidate's answers, as many as the champion's
 * @param difference of the candidate's accuracy and the champion's
 * @param used end of the offsets that both have answered, by partition
 */
record Progress(
        long wins,
        long losses,
        long expected,
        long done,
        long announced,
        AnswerTally champion,
        AnswerTally candidate,
        ConfidenceSequence difference,
        Offsets used) {

    static final String KEY = "progress";

    private static final int FIXED = 16;

    static Progress begin(long expected, Offsets first) {
        return new Progress(0, 0, expected, 0, -1, AnswerTally.NONE, AnswerTally.NONE, ConfidenceSequence.EMPTY, first);
    }

    long pairs() {
        return champion.answers();
    }

    double logEvidence() {
        return SequentialMcNemar.logEvidence(wins, losses);
    }

    double logEvidenceAgainst() {
        return SequentialMcNemar.logEvidenceAgainst(wins, losses);
    }

    /** Whether every example there is has been answered by both. */
    boolean exhausted() {
        return done >= expected;
    }

    /** Whether every example there is has been answered by both, and nobody has said so yet. */
    boolean newlyExhausted() {
        return exhausted() && announced != expected;
    }

    Progress expectOneMore() {
        return new Progress(wins, losses, expected + 1, done, announced, champion, candidate, difference, used);
    }

    Progress doneOneMore() {
        return new Progress(wins, losses, expected, done + 1, announced, champion, candidate, difference, used);
    }

    Progress announce() {
        return new Progress(wins, losses, expected, done, expected, champion, candidate, difference, used);
    }

    Progress use(int partition, long offset) {
        return new Progress(
                wins,
                losses,
                expected,
                done,
                announced,
                champion,
                candidate,
                difference,
                used.atLeast(partition, offset + 1));
    }

    /** Folds one pair. */
    Progress pair(
            boolean championRight,
            double championProbability,
            boolean candidateRight,
            double candidateProbability,
            double alpha) {
        int d = (candidateRight ? 1 : 0) - (championRight ? 1 : 0);
        return new Progress(
                wins + (d > 0 ? 1 : 0),
                losses + (d < 0 ? 1 : 0),
                expected,
                done,
                announced,
                champion.add(championRight, championProbability),
                candidate.add(candidateRight, candidateProbability),
                difference.add(d, alpha),
                used);
    }

    long[] toLongs() {
        long[] ends = used.toLongs();
        long[] longs = new long[FIXED + ends.length];
        long[] fixed = {
            wins,
            losses,
            expected,
            done,
            announced,
            champion.answers(),
            champion.right(),
            doubleToRawLongBits(champion.lossSum()),
            candidate.right(),
            doubleToRawLongBits(candidate.lossSum()),
            difference.count(),
            doubleToRawLongBits(difference.sum()),
            doubleToRawLongBits(difference.deviations()),
            doubleToRawLongBits(difference.bets()),
            doubleToRawLongBits(difference.staked()),
            doubleToRawLongBits(difference.penalty())
        };
        System.arraycopy(fixed, 0, longs, 0, FIXED);
        System.arraycopy(ends, 0, longs, FIXED, ends.length);
        return longs;
    }

    static Progress fromLongs(long[] longs) {
        return new Progress(
                longs[0],
                longs[1],
                longs[2],
                longs[3],
                longs[4],
                new AnswerTally(longs[5], longs[6], longBitsToDouble(longs[7])),
                new AnswerTally(longs[5], longs[8], longBitsToDouble(longs[9])),
                new ConfidenceSequence(
                        longs[10],
                        longBitsToDouble(longs[11]),
                        longBitsToDouble(longs[12]),
                        longBitsToDouble(longs[13]),
                        longBitsToDouble(longs[14]),
                        longBitsToDouble(longs[15])),
                Offsets.fromLongs(longs, FIXED));
    }
}
