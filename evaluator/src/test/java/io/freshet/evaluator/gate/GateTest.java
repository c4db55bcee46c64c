package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.right;
import static io.freshet.evaluator.gate.Given.score;
import static io.freshet.evaluator.gate.Given.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabelQuality;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final String GENESIS = id(0);
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    /** Ten wins without a loss: E = 2^11 / 11 = 186, above 1/alpha_1 = 1 / 0.0304 = 32.9 from eight wins on. */
    private static final GatePolicy POLICY = new GatePolicy(0.05, 0.05, 10, 50, 20, 100);

    private final List<SpecificRecord> said = new ArrayList<>();
    private final GateState state = InMemory.state();
    private Gate gate = new Gate(POLICY, 5, state, said::add);

    @Test
    void crownsTheGenesisAsFirstChampion() {
        gate.checkpoint(manifest(0), NOW);

        assertThat(said).hasSize(1);
        ChampionUpdate update = last(ChampionUpdate.class);
        assertThat(update.getSequence()).isEqualTo(1);
        assertThat(update.getCheckpoint()).isEqualTo(GENESIS);
        assertThat(update.getReason()).isEqualTo("initial");
        assertThat(update.getPrevious()).isNull();
        assertThat(update.getHeldOutAccuracy()).isNull();
        assertThat(update.getTime()).isEqualTo(NOW);
    }

    @Test
    void handsOnModelFilesOnly() {
        gate.checkpoint(manifest(0), NOW);

        List<CheckpointFile> all = manifest(0).getFiles();
        assertThat(last(ChampionUpdate.class).getFiles())
                .extracting(ModelFile::getPath)
                .containsExactly(all.get(0).getPath());
    }

    @Test
    void opensATrialForTheNextCheckpoint() {
        arrive(0, 0, 4);
        arrive(1, 0, 2);
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);

        Trial trial = last(Trial.class);
        assertThat(trial.getState()).isEqualTo("open");
        assertThat(trial.getNumber()).isEqualTo(1);
        assertThat(trial.getChampion()).isEqualTo(GENESIS);
        assertThat(trial.getCandidate()).isEqualTo(id(1));
        assertThat(trial.getFirstOffsets()).containsExactly(0L, 0L);
        assertThat(trial.getAlpha()).isCloseTo(0.0303964, within(1e-7));
        assertThat(trial.getPolicyHash()).isEqualTo(POLICY.hash());
    }

    @Test
    void ignoresAManifestSeenBefore() {
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);
        said.clear();

        gate.checkpoint(manifest(1), NOW);
        gate.checkpoint(manifest(0), NOW);

        assertThat(said).isEmpty();
    }

    @Test
    void promotesACandidateOnceTheEvidenceSufficesAndThePairsAreEnough() {
        openTrial(40);

        pairs(0, 9, true);
        assertThat(all(ChampionUpdate.class))
                .as("nine pairs are below the minimum")
                .hasSize(1);
        pairs(9, 1, true);

        ChampionUpdate update = last(ChampionUpdate.class);
        assertThat(update.getSequence()).isEqualTo(2);
        assertThat(update.getCheckpoint()).isEqualTo(id(1));
        assertThat(update.getPrevious()).isEqualTo(GENESIS);
        assertThat(update.getTrial()).isEqualTo(last(Trial.class).getId());
        assertThat(update.getHeldOutAccuracy()).isEqualTo(1.0);
        assertThat(last(Trial.class).getOutcome()).isEqualTo("promoted");
        Evaluation evaluation = last(Evaluation.class);
        assertThat(evaluation.getDecision()).isEqualTo("promote");
        assertThat(evaluation.getReason()).isEqualTo("evidence.reached");
        assertThat(evaluation.getWins()).isEqualTo(10);
        assertThat(evaluation.getChampionScore().getAccuracy()).isZero();
        assertThat(evaluation.getCandidateScore().getAccuracy()).isEqualTo(1.0);
        assertThat(evaluation.getCandidateScore().getLogLoss()).isCloseTo(-Math.log(0.75), within(1e-12));
        assertThat(evaluation.getRanges()).containsExactly(new OffsetRange(0, 0L, 10L));
    }

    @Test
    void saysWhatTheCandidateBreaksAndHowFarItsProbabilitiesCanBeBelieved() {
        openTrial(40);

        for (int offset = 0; offset < 5; offset++) {
            // The candidate is wrong in the first pair only, always sure by 0.9; the champion is right in that only.
            boolean first = offset == 0;
            gate.scored(sure(GENESIS, offset, first, 0.6), NOW);
            gate.scored(sure(id(1), offset, !first, 0.9), NOW);
        }

        Evaluation evaluation = last(Evaluation.class);
        assertThat(evaluation.getNegativeFlips()).isEqualTo(0.2);
        ModelScore candidate = evaluation.getCandidateScore();
        assertThat(candidate.getCalibrationError()).isCloseTo(0.9 - 0.8, within(1e-12));
        assertThat(candidate.getBrier()).isCloseTo((4 * 0.02 + 1.62) / 5, within(1e-12));
        assertThat(candidate.getLabels())
                .containsExactly(new LabelQuality("yes", 5L, 1.0, 0.8), new LabelQuality("no", 0L, 0.0, 0.0));
        assertThat(evaluation.getChampionScore().getCalibrationError()).isCloseTo(0.6 - 0.2, within(1e-12));
    }

    /** A score of two labels whose answer has this probability. */
    private static ExampleScore sure(String checkpoint, long offset, boolean isRight, double confidence) {
        double missing = isRight ? 1 - confidence : confidence;
        return ExampleScore.newBuilder(isRight ? right(checkpoint, 0, offset) : wrong(checkpoint, 0, offset))
                .setPredictedProbability(confidence)
                .setBrier(2 * missing * missing)
                .build();
    }

    @Test
    void keepsTheChampionWhileTheEvidenceIsBelowTheThreshold() {
        openTrial(40);

        // seven wins: E = 2^8 / 8 = 32 < 32.9; the other pairs agree and say nothing
        pairs(0, 7, true);
        agree(7, 33);
        assertThat(all(ChampionUpdate.class)).hasSize(1);
        assertThat(last(Evaluation.class).getReason()).isEqualTo("evidence.insufficient");

        arrive(0, 40, 1);
        pairs(40, 1, true); // the eighth: E = 2^9 / 9 = 57
        assertThat(last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
    }

    @Test
    void endsATrialAsFutileOnEvidenceAgainstTheCandidate() {
        openTrial(40);

        pairs(0, 10, false);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("futile");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("evidence.against");
        assertThat(last(Evaluation.class).getDecision()).isEqualTo("keep");
        assertThat(all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void endsATrialAsFutileAtTheMaximumOfPairs() {
        openTrial(60);

        agree(0, 50);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("futile");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("pairs.maximum");
        assertThat(all(Pair.class)).hasSize(50);
    }

    @Test
    void failsACandidateThatCannotBeScored() {
        openTrial(40);
        pairs(0, 3, true);

        gate.scored(failed(id(1), 0, 3), NOW);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("candidate.failed");
    }

    @Test
    void failsACandidateWhoseProbabilityIsNotANumber() {
        openTrial(40);

        gate.scored(score(id(1), 0, 0, null, "yes", Double.NaN, null), NOW);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("failed");
    }

    @Test
    void countsNoPairWhereTheExampleHasNoLabel() {
        openTrial(12);

        for (int offset = 0; offset < 12; offset++) {
            both(unlabelled(GENESIS, offset), unlabelled(id(1), offset));
        }
        gate.idle(NOW);

        assertThat(all(Pair.class)).isEmpty();
        assertThat(last(Evaluation.class).getReason()).as("each is used").isEqualTo("examples.exhausted");
    }

    @Test
    void countsNothingAgainstAChampionThatCouldNotBeScored() {
        openTrial(40);

        for (int offset = 0; offset < 20; offset++) {
            both(failed(GENESIS, 0, offset), right(id(1), 0, offset));
        }

        assertThat(all(Pair.class)).isEmpty();
        assertThat(all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void countsAChampionWithoutLabelsAsWrong() {
        openTrial(40);

        for (int offset = 0; offset < 10; offset++) {
            both(score(GENESIS, 0, offset, null, null, 1e-6, null), right(id(1), 0, offset));
        }

        assertThat(last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
        assertThat(last(Evaluation.class).getChampionScore().getLogLoss()).isCloseTo(-Math.log(1e-6), within(1e-9));
    }

    @Test
    void countsARedeliveredScoreOnce() {
        openTrial(40);

        for (int times = 0; times < 12; times++) {
            both(wrong(GENESIS, 0, 0), right(id(1), 0, 0));
        }

        assertThat(all(Pair.class)).hasSize(1);
    }

    @Test
    void countsOfAGroupOnlyTheFirstPair() {
        openTrial(40);

        for (int offset = 0; offset < 20; offset++) {
            both(
                    score(GENESIS, 0, offset, "customer-7", "no", 0.2, null),
                    score(id(1), 0, offset, "customer-7", "yes", 0.8, null));
        }

        assertThat(all(Pair.class)).hasSize(1);
        assertThat(all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void countsAGroupAgainInAnotherTrial() {
        openTrial(40);
        both(score(GENESIS, 0, 0, "g", "no", 0.2, null), score(id(1), 0, 0, "g", "no", 0.2, null));
        gate.scored(failed(id(1), 0, 1), NOW);
        gate.checkpoint(manifest(2), NOW);

        gate.scored(score(id(2), 0, 0, "g", "yes", 0.8, null), NOW);

        assertThat(last(Pair.class).getTrial()).isEqualTo(last(Trial.class).getId());
        assertThat(all(Pair.class)).hasSize(2);
    }

    @Test
    void supersedesAWaitingCandidateButNotAnOpenTrial() {
        openTrial(40);
        gate.checkpoint(manifest(2), NOW);
        gate.checkpoint(manifest(3), NOW);
        assertThat(all(Trial.class)).hasSize(1);

        gate.scored(failed(id(1), 0, 0), NOW);

        assertThat(all(Trial.class)).extracting(Trial::getState).containsExactly("open", "closed", "open");
        assertThat(last(Trial.class).getCandidate()).isEqualTo(id(3));
        assertThat(last(Trial.class).getNumber()).isEqualTo(2);
    }

    @Test
    void yieldsToANewerCandidateOnceItHasSeenEveryExampleAndIsUndecided() {
        openTrial(20);
        agree(0, 20);
        assertThat(all(Trial.class)).as("nobody waits").hasSize(1);

        gate.checkpoint(manifest(2), NOW);

        assertThat(all(Trial.class)).extracting(Trial::getState).containsExactly("open", "closed", "open");
        assertThat(all(Trial.class).get(1).getOutcome()).isEqualTo("abandoned");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("candidate.newer");
        assertThat(last(Trial.class).getCandidate()).isEqualTo(id(2));
        assertThat(last(Trial.class).getFirstOffsets()).as("the same examples").containsExactly(0L);
    }

    @Test
    void yieldsWhenTheLastExampleIsSeenWhileANewerCandidateWaits() {
        openTrial(20);
        gate.checkpoint(manifest(2), NOW);
        agree(0, 19);
        assertThat(all(Trial.class)).as("one example is left").hasSize(1);

        agree(19, 1);

        assertThat(last(Trial.class).getCandidate()).isEqualTo(id(2));
    }

    @Test
    void doesNotYieldOnFewerPairsThanItsPatience() {
        openTrial(19);
        agree(0, 19);

        gate.checkpoint(manifest(2), NOW);

        assertThat(all(Trial.class)).hasSize(1);
    }

    @Test
    void countsInALaterTrialOnlyExamplesBehindThoseThatDecidedTheChampion() {
        arrive(0, 0, 40);
        arrive(1, 0, 40);
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);
        gate.checkpoint(manifest(2), NOW);
        for (int offset = 0; offset < 5; offset++) {
            both(wrong(GENESIS, 0, offset), right(id(1), 0, offset));
            both(wrong(GENESIS, 1, offset + 2), right(id(1), 1, offset + 2));
        }

        Trial second = last(Trial.class);
        assertThat(second.getChampion()).isEqualTo(id(1));
        assertThat(second.getFirstOffsets()).containsExactly(5L, 7L);
        both(right(id(1), 1, 6), right(id(2), 1, 6));
        assertThat(all(Pair.class)).as("offset 6 decided the champion").hasSize(10);
    }

    @Test
    void looksBackAtMostAsFarAsThePolicySays() {
        arrive(0, 0, 300);
        arrive(1, 0, 30);
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);

        // the newest 100: all 30 of partition 1, which came last, and 70 of partition 0
        assertThat(last(Trial.class).getFirstOffsets()).containsExactly(230L, 0L);
    }

    @Test
    void usesTheChampionsScoresAgainInItsNextTrial() {
        openTrial(20);
        pairs(0, 5, false);
        gate.scored(failed(id(1), 0, 6), NOW);
        gate.checkpoint(manifest(2), NOW);
        said.clear();

        for (int offset = 0; offset < 5; offset++) {
            gate.scored(right(id(2), 0, offset), NOW);
        }

        assertThat(all(Pair.class)).hasSize(5);
        assertThat(all(Pair.class)).extracting(Pair::getIndex).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void usesScoresOfANewChampionThatCameBeforeItsPromotion() {
        openTrial(40);
        gate.scored(right(id(1), 0, 30), NOW); // ahead of the pairs that decide
        pairs(0, 10, true);
        gate.checkpoint(manifest(2), NOW);
        said.clear();

        gate.scored(right(id(2), 0, 30), NOW);

        assertThat(all(Pair.class)).hasSize(1);
    }

    @Test
    void lowersTheErrorBudgetWithEachTrialAndRaisesItWithEachPromotion() {
        openTrial(40);
        gate.checkpoint(manifest(2), NOW);
        pairs(0, 10, true);
        double second = last(Trial.class).getAlpha();
        gate.checkpoint(manifest(3), NOW);
        gate.scored(failed(id(2), 0, 20), NOW);
        double third = last(Trial.class).getAlpha();

        // 0.05 * 6 / pi^2 = 0.0303964; k = 2 with one promotion before, k = 3 with one
        assertThat(second).isCloseTo(0.0303964 / 4 * 2, within(1e-7));
        assertThat(third).isCloseTo(0.0303964 / 9 * 2, within(1e-7));
    }

    @Test
    void saysOnceThatNoExampleIsLeftAndAgainOnlyForANewEnd() {
        openTrial(3);
        gate.idle(NOW);
        assertThat(all(Evaluation.class)).as("nothing is scored yet").isEmpty();

        pairs(0, 3, true);
        gate.idle(NOW);
        gate.idle(NOW);
        assertThat(all(Evaluation.class)).hasSize(1);
        assertThat(last(Evaluation.class).getReason()).isEqualTo("examples.exhausted");
        assertThat(last(Evaluation.class).getDecision()).isEqualTo("defer");
        assertThat(last(Evaluation.class).getRanges()).containsExactly(new OffsetRange(0, 0L, 3L));

        arrive(0, 5, 1); // offsets 3 and 4 were markers of a transaction
        gate.idle(NOW);
        assertThat(all(Evaluation.class)).hasSize(1);
        pairs(5, 1, true);
        gate.idle(NOW);
        assertThat(all(Evaluation.class)).hasSize(2);
        assertThat(last(Evaluation.class).getRanges()).containsExactly(new OffsetRange(0, 0L, 6L));
    }

    @Test
    void saysAtOnceThatATrialHasNoExampleAtAll() {
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);
        gate.idle(NOW);

        assertThat(last(Evaluation.class).getReason()).isEqualTo("examples.exhausted");
        assertThat(last(Evaluation.class).getPairs()).isZero();
        assertThat(last(Evaluation.class).getIntervalLow()).isEqualTo(-1);
    }

    @Test
    void goesOnWithAnExhaustedTrialWhenMoreExamplesArrive() {
        openTrial(5);
        pairs(0, 5, true);
        gate.idle(NOW);

        arrive(0, 5, 5);
        pairs(5, 5, true);

        assertThat(last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
    }

    @Test
    void countsAPairWhoseArrivalIsHeardOfLater() {
        openTrial(2);
        both(wrong(GENESIS, 0, 2), right(id(1), 0, 2));
        pairs(0, 1, true);
        gate.idle(NOW);
        assertThat(all(Evaluation.class)).as("offset 1 is not answered yet").isEmpty();

        pairs(1, 1, true);
        arrive(0, 2, 1);
        gate.idle(NOW);

        assertThat(last(Evaluation.class).getPairs()).isEqualTo(3);
        assertThat(last(Evaluation.class).getReason()).isEqualTo("examples.exhausted");
    }

    @Test
    void reportsEveryFewPairs() {
        openTrial(40);

        pairs(0, 9, true);

        Evaluation only = last(Evaluation.class);
        assertThat(all(Evaluation.class)).hasSize(1);
        assertThat(only.getPairs()).isEqualTo(5);
        assertThat(only.getReason()).isEqualTo("pairs.below.minimum");
    }

    @Test
    void ignoresScoresOfCheckpointsThatAreNotOnTrial() {
        openTrial(40);

        both(right(id(8), 0, 0), right(id(9), 0, 0));

        assertThat(all(Pair.class)).isEmpty();
    }

    @Test
    void goesOnInTheMiddleOfATrialAfterARestart() {
        openTrial(40);
        pairs(0, 5, true);
        gate.scored(wrong(GENESIS, 0, 5), NOW);

        gate = new Gate(POLICY, 5, state, said::add);
        gate.scored(right(id(1), 0, 5), NOW);
        pairs(6, 4, true);

        assertThat(last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
        assertThat(all(Pair.class)).extracting(Pair::getIndex).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void bindsAnOpenTrialToThePolicyItOpenedUnder() {
        openTrial(40);

        gate = new Gate(new GatePolicy(0.5, 0.5, 1, 2, 20, 100), 5, state, said::add);
        pairs(0, 9, true);

        assertThat(all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void saysTheSameThingsWhenToldTheSameThings() {
        openTrial(40);
        pairs(0, 12, true);
        List<SpecificRecord> first = List.copyOf(said);
        said.clear();

        gate = new Gate(POLICY, 5, InMemory.state(), said::add);
        openTrial(40);
        pairs(0, 12, true);

        assertThat(said).isEqualTo(first);
    }

    private void openTrial(int examples) {
        arrive(0, 0, examples);
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);
    }

    private void arrive(int partition, long from, int count) {
        for (long offset = from; offset < from + count; offset++) {
            gate.arrived(partition, offset);
        }
    }

    /** Scores partition 0 with the genesis and the first candidate, which disagree. */
    private void pairs(long from, int count, boolean candidateWins) {
        for (long offset = from; offset < from + count; offset++) {
            both(
                    candidateWins ? wrong(GENESIS, 0, offset) : right(GENESIS, 0, offset),
                    candidateWins ? right(id(1), 0, offset) : wrong(id(1), 0, offset));
        }
    }

    /** Scores partition 0 with the genesis and the first candidate, which are both right. */
    private void agree(long from, int count) {
        for (long offset = from; offset < from + count; offset++) {
            both(right(GENESIS, 0, offset), right(id(1), 0, offset));
        }
    }

    private static ExampleScore unlabelled(String checkpoint, long offset) {
        return ExampleScore.newBuilder(score(checkpoint, 0, offset, null, "yes", 1e-6, null))
                .setLabel("")
                .build();
    }

    private void both(ExampleScore champion, ExampleScore candidate) {
        gate.scored(champion, NOW);
        gate.scored(candidate, NOW);
    }

    private <T> List<T> all(Class<T> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> T last(Class<T> type) {
        List<T> all = all(type);
        assertThat(all).as(type.getSimpleName()).isNotEmpty();
        return all.get(all.size() - 1);
    }
}
