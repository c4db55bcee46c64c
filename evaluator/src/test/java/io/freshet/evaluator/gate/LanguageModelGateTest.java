package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.bits;
import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The gate's rules where the models are language models; {@link GateTest} has what holds of all. */
class LanguageModelGateTest {

    private static final String GENESIS = id(0);
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    /** A vocabulary of 256: a pair that differs by 4 bits differs by half of what it can. */
    private static final double MAX = 8;

    private final List<SpecificRecord> said = new ArrayList<>();
    private final GateState state = InMemory.state();
    private Gate gate = gate(0);

    /**
     * Differences of 1/2: from the third pair on the largest bet, 1/2, gains ln 1.25 = 0.223 a pair, and the second, with m = 1/4 and
     * s2 = 17/32 hence a bet of 8/19, ln(1 + 4/19) = 0.191. 1/alpha_1 = 32.9, ln 3.49, is reached at the 17th: 0.191 + 15 * 0.223 =
     * 3.54; at the 16th it is 3.32.
     */
    @Test
    void promotesACandidateThatTakesFewerBits() {
        openTrial(40);

        pairs(0, 16, 6, 2);
        assertThat(all(ChampionUpdate.class)).hasSize(1);
        pairs(16, 1, 6, 2);

        ChampionUpdate update = last(ChampionUpdate.class);
        assertThat(update.getCheckpoint()).isEqualTo(id(1));
        assertThat(update.getHeldOutAccuracy()).isNull();
        assertThat(update.getHeldOutBitsPerToken()).isCloseTo(2, within(1e-12));
        Evaluation evaluation = last(Evaluation.class);
        assertThat(evaluation.getReason()).isEqualTo("evidence.reached");
        assertThat(evaluation.getObjective()).isEqualTo("masked-lm");
        assertThat(evaluation.getLogEValue()).isCloseTo(Math.log(23.0 / 19) + 15 * Math.log(1.25), within(1e-12));
        assertThat(evaluation.getWins()).isEqualTo(17);
        assertThat(evaluation.getLosses()).isZero();
        assertThat(evaluation.getChampionScore().getBitsPerToken()).isCloseTo(6, within(1e-12));
        assertThat(evaluation.getCandidateScore().getBitsPerToken()).isCloseTo(2, within(1e-12));
        assertThat(evaluation.getCandidateScore().getLogLoss()).isCloseTo(2 * Math.log(2), within(1e-12));
    }

    @Test
    void saysTheIntervalOfTheDifferenceInBits() {
        openTrial(40);

        pairs(0, 15, 6, 2);

        Evaluation evaluation = last(Evaluation.class);
        assertThat(evaluation.getIntervalLow()).isBetween(-8.0, 4.0);
        assertThat(evaluation.getIntervalHigh()).isBetween(4.0, 8.0);
    }

    @Test
    void recordsBothModelsBitsOfEachPair() {
        openTrial(40);

        pairs(0, 1, 6, 2.5);

        Pair pair = last(Pair.class);
        assertThat(pair.getChampionBits()).isEqualTo(6.0);
        assertThat(pair.getCandidateBits()).isEqualTo(2.5);
        assertThat(pair.getMaxBits()).isEqualTo(MAX);
        assertThat(pair.getLabel()).isEmpty();
    }

    @Test
    void keepsTheChampionAgainstAnEqualCandidateToTheMaximumOfPairs() {
        openTrial(200);

        for (int offset = 0; offset < 150; offset++) {
            double even = offset % 2 == 0 ? 1 : -1;
            pairs(offset, 1, 4, 4 + even);
        }

        assertThat(last(Evaluation.class).getReason()).isEqualTo("pairs.maximum");
        assertThat(last(Trial.class).getOutcome()).isEqualTo("futile");
        assertThat(all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void endsATrialAsFutileOnceTheIntervalExcludesAGain() {
        openTrial(200);

        pairs(0, 100, 2, 6);

        assertThat(last(Evaluation.class).getReason()).isEqualTo("evidence.against");
        assertThat(last(Evaluation.class).getPairs()).isLessThan(100);
        assertThat(last(Trial.class).getOutcome()).isEqualTo("futile");
    }

    /** A gain of 2 bits, of which 1.6 are asked for: 0.05 of the most bits a pair, so 40 pairs are not enough. */
    @Test
    void asksForTheMarginThatTheTrialOpenedWith() {
        gate = gate(1.6);
        openTrial(200);
        gate = gate(0);

        pairs(0, 40, 4, 2);

        assertThat(last(Trial.class).getMarginBits()).isEqualTo(1.6);
        assertThat(all(ChampionUpdate.class)).hasSize(1);
        assertThat(last(Evaluation.class).getLogEValue()).isBetween(0.1, 3.49);
    }

    @Test
    void failsACandidateWhoseVocabularyDiffers() {
        openTrial(40);

        both(bits(GENESIS, 0, 6, MAX), bits(id(1), 0, 2, MAX + 1));

        assertThat(last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("vocabulary.differs");
        assertThat(last(Evaluation.class).getDetail()).contains("256 pieces").contains("512");
        assertThat(all(Pair.class)).isEmpty();
    }

    @Test
    void failsACandidateWithTheReasonOfItsScore() {
        openTrial(40);

        gate.scored(failed(id(1), 0, 0), NOW);

        assertThat(last(Evaluation.class).getReason()).isEqualTo("candidate.failed");
        assertThat(last(Evaluation.class).getDetail()).isEqualTo("the model cannot be opened");
        assertThat(last(Evaluation.class).getChampionScore().getBitsPerToken()).isNull();
    }

    @Test
    void failsACandidateThatWasScoredAsAClassifier() {
        openTrial(40);

        gate.scored(right(id(1), 0, 0), NOW);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(last(Evaluation.class).getDetail()).contains("the objectives of gate and scorer differ");
    }

    @Test
    void failsACandidateThatWasTrainedForAnotherObjective() {
        gate.checkpoint(predictor(0), NOW);
        gate.checkpoint(manifest(1), NOW);

        assertThat(all(Trial.class)).extracting(Trial::getOutcome).containsExactly(null, "failed");
        assertThat(last(Evaluation.class).getReason()).isEqualTo("objective.differs");
        assertThat(last(Evaluation.class).getDetail())
                .contains("objective = classification")
                .contains("objective = masked-lm");
    }

    @Test
    void failsACandidateWhoseBitsAreNoNumber() {
        openTrial(40);

        gate.scored(bits(id(1), 0, Double.NaN, MAX), NOW);

        assertThat(last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(last(Evaluation.class).getDetail()).contains("NaN bits");
    }

    @Test
    void goesOnInTheMiddleOfATrialAfterARestart() {
        openTrial(40);
        pairs(0, 9, 6, 2);
        gate.scored(bits(GENESIS, 9, 6, MAX), NOW);

        gate = gate(0);
        gate.scored(bits(id(1), 9, 2, MAX), NOW);
        pairs(10, 7, 6, 2);

        assertThat(last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
        assertThat(last(Evaluation.class).getPairs()).isEqualTo(17);
    }

    @Test
    void saysOfATrialWithoutPairsOnlyWhatIsKnown() {
        gate.checkpoint(predictor(0), NOW);
        gate.checkpoint(predictor(1), NOW);
        gate.idle(NOW);

        Evaluation evaluation = last(Evaluation.class);
        assertThat(evaluation.getReason()).isEqualTo("examples.exhausted");
        assertThat(evaluation.getIntervalHigh())
                .as("as large as any vocabulary allows")
                .isEqualTo(31);
        assertThat(evaluation.getCandidateScore().getBitsPerToken()).isNull();
    }

    private static CheckpointManifest predictor(long sequence) {
        return CheckpointManifest.newBuilder(manifest(sequence))
                .setObjective("masked-lm")
                .build();
    }

    private Gate gate(double marginBits) {
        return new Gate(new GatePolicy(0.05, 0.05, 10, 150, 20, 300, "masked-lm", marginBits), 5, state, said::add);
    }

    private void openTrial(int examples) {
        for (int offset = 0; offset < examples; offset++) {
            gate.arrived(0, offset);
        }
        gate.checkpoint(predictor(0), NOW);
        gate.checkpoint(predictor(1), NOW);
    }

    private void pairs(long from, int count, double championBits, double candidateBits) {
        for (long offset = from; offset < from + count; offset++) {
            both(bits(GENESIS, offset, championBits, MAX), bits(id(1), offset, candidateBits, MAX));
        }
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
