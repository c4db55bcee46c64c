package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromotionStatisticsTest {

    @Test
    void scoresBecomeDifferencesThatAreAboveZeroWhereTheCandidateIsBetter() {
        ScoreRange loss = ScoreRange.logLoss(8);
        assertThat(loss.difference(3, 1)).isEqualTo(0.25);
        assertThat(loss.difference(1, Double.POSITIVE_INFINITY)).isEqualTo(-7.0 / 8);
        assertThat(loss.margin(0.4)).isEqualTo(0.05);
        assertThat(ScoreRange.BRIER.difference(0.5, 1.5)).isEqualTo(-0.5);
        assertThat(ScoreRange.ACCURACY.difference(0, 1)).isEqualTo(1);
        assertThatThrownBy(() -> loss.difference(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ScoreRange(1, 1, true)).hasMessageContaining("[1.0, 1.0]");
    }

    /** Log-losses spread evenly over a nat, the candidate's lower by 0.2 of 4: found better by 0.1, and not by 0.3. */
    @Test
    void findsALowerLossByLessThanWhatItIsLowerBy() {
        ScoreRange loss = ScoreRange.logLoss(4);
        MarginTest little = MarginTest.superiority(loss.margin(0.1));
        MarginTest much = MarginTest.superiority(loss.margin(0.3));
        MarginTest worse = MarginTest.nonInferiority(loss.margin(0.1));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            double difference = loss.difference(1 + random.nextDouble(), 0.8 + random.nextDouble());
            little = little.add(difference);
            much = much.add(difference);
            worse = worse.add(-difference);
        }
        assertThat(little.refutes(0.001)).isTrue();
        assertThat(much.refutes(0.5)).isFalse();
        assertThat(worse.refutes(0.5)).isFalse();
        assertThatThrownBy(() -> MarginTest.nonInferiority(-0.01)).hasMessageContaining("-0.01");
        assertThatThrownBy(() -> MarginTest.superiority(-0.01)).hasMessageContaining("-0.01");
    }

    @Test
    void blocksWhileASliceWithEnoughPairsIsNotShownToBeSafe() {
        MarginTest safe = MarginTest.nonInferiority(0.1).addRun(0, 400);
        MarginTest harmed = MarginTest.nonInferiority(0.1).addRun(-1, 400);
        MarginTest few = MarginTest.nonInferiority(0.1).addRun(-1, 99);

        SliceVerdict verdict = SliceVerdict.of(Map.of("b", harmed, "a", safe, "c", few), 100, 0.05);
        assertThat(verdict).isEqualTo(new SliceVerdict(List.of("a"), List.of("b"), List.of("c")));
        assertThat(verdict.passes()).isFalse();
        assertThat(SliceVerdict.of(Map.of("a", safe, "c", few), 100, 0.05).passes())
                .isTrue();
    }

    /** 3 points worse at discordance 0.1: S + V + rho falls below 0 within some hundred pairs, and clamping would promote. */
    @Test
    void giveAClearlyWorseCandidateNoEvidenceUnderTheWeakNull() {
        WeakNullMixture mixture = WeakNullMixture.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            mixture = mixture.add(i % 100 < 6 ? -1 : i % 100 < 8 ? 1 : 0);
            assertThat(mixture.logEvidence(0, 2)).isLessThan(1e-12);
        }
        WeakNullMixture worst = WeakNullMixture.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            worst = worst.add(i % 100 < 8 ? -1 : 0);
        }
        assertThat(worst.logEvidence(0, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** rho from its definition by hand: 2 ln 10 = 4.60517, 1 + that has logarithm 1.72369; 50 / 6.32886 = 7.90031. */
    @Test
    void tunesTheMixtureToAVariation() {
        assertThat(WeakNullMixture.rho(50, 0.05)).isCloseTo(7.90031, within(1e-4));
        assertThatThrownBy(() -> WeakNullMixture.rho(0, 0.05)).hasMessageContaining("variation 0.0");
        assertThat(WeakNullMixture.EMPTY.logEvidence(0, 3)).isZero();
    }

    /** Two statistics of 3 (1 + 0.5) = 4.5 at lambda 0.5 and (1 + 0.25) = 1.25 at 0.25 after one loss. */
    @Test
    void averagesTheDetectorOverItsBets() {
        RollbackDetector detector =
                RollbackDetector.start(List.of(0.5, 0.25), 0).addEqual(2).add(-1);
        assertThat(detector.logStatistic()).isCloseTo(Math.log((3 * 1.5 + 3 * 1.25) / 2), within(1e-14));
        assertThat(detector.pairs()).isEqualTo(3);
        assertThat(detector.alarms(0.25)).isTrue();
        assertThat(detector.alarms(0.2)).isFalse();
        assertThatThrownBy(() -> RollbackDetector.start(List.of(1.0), 0)).hasMessageContaining("(0, 1.0)");
    }

    @Test
    void hedgedIntervalsGoOnFromTheirStateAndAreNoWiderThanBernsteinUpToTheirGrid() {
        HedgedConfidenceSequence whole = new HedgedConfidenceSequence(0.05, 400);
        HedgedConfidenceSequence half = new HedgedConfidenceSequence(0.05, 400);
        ConfidenceSequence bernstein = ConfidenceSequence.EMPTY;
        SplittableRandom random = new SplittableRandom(5);
        assertThat(whole.interval()).isEqualTo(new Interval(-1, 1));
        for (int i = 0; i < 3_000; i++) {
            double u = random.nextDouble();
            double difference = u < 0.10 ? 1 : u < 0.15 ? -1 : 0;
            whole.add(difference);
            half.add(difference);
            bernstein = bernstein.add(difference, 0.05);
            half = i == 1_500 ? new HedgedConfidenceSequence(half.state()) : half;
        }
        assertThat(half.state()).isEqualTo(whole.state());
        Interval hedged = whole.interval();
        Interval wider = bernstein.interval(0.05);
        assertThat(hedged.low()).isLessThan(0.05);
        assertThat(hedged.high()).isGreaterThan(0.05);
        double cell = 2.0 / 400;
        assertThat(hedged.high() - hedged.low()).isLessThan(wider.high() - wider.low() + 2 * cell);
    }

    /** Of 300 streams 5 % are 15, standard deviation 3.8; 29 leaves 3.7 deviations. */
    @Test
    void hedgedIntervalsCoverTheDifferenceAtEveryMomentAtOnce() {
        SplittableRandom random = new SplittableRandom(98);
        int missed = 0;
        for (int stream = 0; stream < 300; stream++) {
            HedgedConfidenceSequence sequence = new HedgedConfidenceSequence(0.05, 100);
            boolean miss = false;
            for (int i = 0; i < 500; i++) {
                double u = random.nextDouble();
                sequence.add(u < 0.10 ? 1 : u < 0.15 ? -1 : 0);
                Interval interval = sequence.interval();
                miss |= interval.low() > 0.05 || interval.high() < 0.05;
            }
            missed += miss ? 1 : 0;
        }
        assertThat(missed).isLessThanOrEqualTo(29);
    }

    @Test
    void spendingGivesTheSameLevelWhateverWasPromoted() {
        assertThat(ErrorBudget.spend(0.05, 4)).isEqualTo(ErrorBudget.level(0.05, 4, 0));
        assertThat(ErrorBudget.spend(0.05, 4)).isLessThan(ErrorBudget.level(0.05, 4, 1));
    }
}
