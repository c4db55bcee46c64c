package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.right;
import static io.freshet.evaluator.gate.Given.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Superseded;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The watch over a promotion, and the rollback that follows from it. */
class WatchTest {

    /** R_n = 1.9 (1.9^n - 1) / 0.9 passes 1e6 here: R_20 is 7.9e5, R_21 is 1.5e6. */
    private static final int ALARM = 21;

    private final GateRun run = new GateRun(GateRun.watching());

    @Test
    void opensAWatchBehindTheExamplesThatDecidedThePromotion() {
        promoteTheFirst(run);

        Trial watch = run.all(Trial.class).stream()
                .filter(trial -> trial.getKind().equals("watch"))
                .findFirst()
                .orElseThrow();
        assertThat(watch.getId()).isEqualTo("w000002-" + id(1));
        assertThat(watch.getChampion()).isEqualTo(id(1));
        assertThat(watch.getCandidate()).isEqualTo(id(0));
        assertThat(watch.getFirstOffsets()).containsExactly(10L);
        assertThat(watch.getNumber()).isZero();
        assertThat(watch.getMaxPairs()).isEqualTo(60);
        assertThat(watch.getPolicyHash()).isEqualTo(GateRun.watching().hash());
    }

    @Test
    void opensNoWatchWhereThePolicyHasNone() {
        GatePolicy plain =
                GateRun.policy(Approval.AUTOMATIC, Superseded.NEWEST, OptionalDouble.empty(), Optional.empty());
        GateRun unwatched = new GateRun(plain);
        promoteTheFirst(unwatched);

        assertThat(unwatched.all(Trial.class))
                .noneMatch(trial -> trial.getKind().equals("watch"));
    }

    @Test
    void rollsBackAPromotionThatTurnsOutWorse() {
        promoteTheFirst(run);

        run.beats(0, 1, 10, 10 + ALARM - 1);
        assertThat(run.all(ChampionUpdate.class)).hasSize(2);
        run.beats(0, 1, 10 + ALARM - 1, 10 + ALARM);

        ChampionUpdate update = run.last(ChampionUpdate.class);
        assertThat(update.getSequence()).isEqualTo(3);
        assertThat(update.getCheckpoint()).isEqualTo(id(0));
        assertThat(update.getPrevious()).isEqualTo(id(1));
        assertThat(update.getReason()).isEqualTo("rollback");
        assertThat(update.getTrial()).isEqualTo("w000002-" + id(1));
        assertThat(update.getWho()).isNull();
        assertThat(update.getHeldOutAccuracy()).isEqualTo(1.0);
        assertThat(update.getWhy())
                .isEqualTo(
                        "on 21 held-out examples since its promotion %s has accuracy 0.0000 and %s, the champion before, "
                                        .formatted(id(1), id(0))
                                + "1.0000 (better on 0, worse on 21); ln R = 14.23, the alarm is at 13.82");
        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("rolled.back");
        Decision barred = run.last(Decision.class);
        assertThat(barred.getKind()).isEqualTo("candidate.barred");
        assertThat(barred.getCheckpoint()).isEqualTo(id(1));
    }

    @Test
    void saysWhereTheDetectorStands() {
        promoteTheFirst(run);

        run.beats(0, 1, 10, 15);

        Evaluation evaluation = run.last(Evaluation.class);
        assertThat(evaluation.getKind()).isEqualTo("watch");
        assertThat(evaluation.getPairs()).isEqualTo(5);
        assertThat(evaluation.getDecision()).isEqualTo("defer");
        assertThat(evaluation.getReason()).isEqualTo("watch.open");
        // R_5 = 1.9 (1.9^5 - 1) / 0.9 = 50.16
        assertThat(evaluation.getLogDetector()).isCloseTo(Math.log(1.9 * (Math.pow(1.9, 5) - 1) / 0.9), within(1e-9));
        assertThat(evaluation.getLogAlarm()).isCloseTo(6 * Math.log(10), within(1e-12));
    }

    @Test
    void publishesItsPairsUnderItsOwnIdAndIndex() {
        promoteTheFirst(run);
        run.forget();

        run.agree(10, 13, 0, 1);

        assertThat(run.all(Pair.class)).extracting(Pair::getTrial).containsOnly("w000002-" + id(1));
        assertThat(run.all(Pair.class)).extracting(Pair::getIndex).containsExactly(0L, 1L, 2L);
    }

    @Test
    void keepsAPromotionThatHoldsForAsManyPairsAsThePolicySays() {
        promoteTheFirst(run);

        run.agree(10, 70, 0, 1);

        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("watched");
        assertThat(run.last(Evaluation.class).getReason()).isEqualTo("watch.over");
        assertThat(run.last(Evaluation.class).getDecision()).isEqualTo("keep");
        run.beats(0, 1, 70, 99);
        assertThat(run.all(ChampionUpdate.class)).as("nobody looks any more").hasSize(2);
    }

    @Test
    void doesNotWatchWhomARollbackRestored() {
        promoteTheFirst(run);
        run.beats(0, 1, 10, 10 + ALARM);

        assertThat(run.all(Trial.class))
                .filteredOn(trial -> trial.getKind().equals("watch"))
                .hasSize(2);
        run.beats(1, 0, 40, 90);
        assertThat(run.all(ChampionUpdate.class)).hasSize(3);
    }

    @Test
    void countsOneExampleInTrialAndWatch() {
        promoteTheFirst(run);
        run.publish(2).forget();

        run.agree(10, 11, 0, 1, 2);

        assertThat(run.all(Pair.class)).hasSize(2);
        assertThat(run.all(Pair.class)).extracting(Pair::getTrial).doesNotHaveDuplicates();
    }

    @Test
    void triesTheOpenTrialsCandidateAgainAgainstTheRestoredChampion() {
        promoteTheFirst(run);
        run.publish(2);
        run.agree(10, 14, 2);
        run.beats(0, 1, 10, 10 + ALARM);

        List<Trial> trials = run.all(Trial.class);
        assertThat(trials.stream().map(Trial::getOutcome).toList())
                .containsExactly(null, null, "promoted", null, "rolled.back", "rolled.back", null);
        Trial next = run.last(Trial.class);
        assertThat(next.getChampion()).isEqualTo(id(0));
        assertThat(next.getCandidate()).isEqualTo(id(2));
        assertThat(next.getNumber()).as("it costs error budget again").isEqualTo(3);
        assertThat(next.getFirstOffsets()).as("behind what the watch has used").containsExactly(31L);
        // alpha_3 with the one promotion there was: a rollback does not take it back
        assertThat(next.getAlpha()).isCloseTo(0.05 * 6 / (Math.PI * Math.PI) / 9 * 2, within(1e-12));
    }

    @Test
    void tellsThatABarredCheckpointPublishedAgainIsNotTried() {
        promoteTheFirst(run);
        run.beats(0, 1, 10, 10 + ALARM).forget();

        run.publish(CheckpointManifest.newBuilder(manifest(7)).setId(id(1)).build());

        assertThat(run.all(Trial.class)).isEmpty();
        assertThat(run.last(Decision.class).getKind()).isEqualTo("candidate.barred");
    }

    @Test
    void aNewerPromotionEndsTheEarlierWatch() {
        promoteTheFirst(run);
        run.publish(2);
        run.beats(2, 1, 10, 20);

        assertThat(run.last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(2));
        assertThat(run.all(Trial.class))
                .filteredOn(trial -> trial.getKind().equals("watch"))
                .extracting(trial -> trial.getChampion() + " " + trial.getOutcome())
                .containsExactly(id(1) + " null", id(1) + " watched", id(2) + " null");
    }

    @Test
    void endsWithoutAVerdictWhereTheChampionBeforeCannotBeScored() {
        promoteTheFirst(run);

        for (long offset = 10; offset < 19; offset++) {
            run.tell(failed(id(0), 0, offset));
        }
        assertThat(run.last(Trial.class).getOutcome())
                .as("nine may be an accident")
                .isEqualTo("promoted");
        run.tell(failed(id(0), 0, 19));

        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(run.last(Evaluation.class).getReason()).isEqualTo("predecessor.failed");
        assertThat(run.last(Evaluation.class).getDetail()).contains("the model cannot be opened");
        run.publish(2).beats(2, 1, 10, 20);
        assertThat(run.last(ChampionUpdate.class).getCheckpoint())
                .as("trials go on")
                .isEqualTo(id(2));
    }

    @Test
    void countsNothingWhereOneOfTheTwoCouldNotBeScoredOnAnExample() {
        promoteTheFirst(run);
        run.agree(10, 11, 0, 1).forget();

        run.tell(failed(id(1), 0, 11)).tell(right(id(0), 0, 11));
        run.tell(failed(id(0), 0, 12)).tell(right(id(1), 0, 12));

        assertThat(run.said()).isEmpty();
        run.tell(wrong(id(1), 0, 13)).tell(right(id(0), 0, 13));
        assertThat(run.last(Pair.class).getIndex()).isEqualTo(1);
    }

    @Test
    void watchesLanguageModelsByTheirBits() {
        // d = (1 - 3) / 4 = -0.5 on every example: f = 1.45, R_n = 1.45 (1.45^n - 1) / 0.45 passes 1e6 at n = 35
        GatePolicy plain = new GatePolicy(0.05, 0.05, 10, 50, 20, 1_000, "masked-lm", 0);
        GateRun bits = new GateRun(GateRun.policy(
                plain, Approval.AUTOMATIC, Superseded.NEWEST, OptionalDouble.empty(), Optional.of(GateRun.WATCH)));
        bits.arrive(0, 100).publish(predictor(0)).publish(predictor(1));
        for (long offset = 0; bits.all(ChampionUpdate.class).size() < 2; offset++) {
            bits.tell(Given.bits(id(0), offset, 4, 4)).tell(Given.bits(id(1), offset, 1, 4));
        }
        long first = firstOfWatch(bits);
        for (long offset = first; offset < first + 34; offset++) {
            bits.tell(Given.bits(id(0), offset, 1, 4)).tell(Given.bits(id(1), offset, 3, 4));
        }
        assertThat(bits.all(ChampionUpdate.class)).hasSize(2);
        bits.tell(Given.bits(id(0), first + 34, 1, 4)).tell(Given.bits(id(1), first + 34, 3, 4));

        ChampionUpdate update = bits.last(ChampionUpdate.class);
        assertThat(update.getReason()).isEqualTo("rollback");
        assertThat(update.getHeldOutBitsPerToken()).isEqualTo(1.0);
        assertThat(update.getWhy()).contains("has bits per token 3.0000");
    }

    private static CheckpointManifest predictor(long sequence) {
        return CheckpointManifest.newBuilder(manifest(sequence))
                .setObjective("masked-lm")
                .build();
    }

    private static long firstOfWatch(GateRun run) {
        return run.all(Trial.class).stream()
                .filter(trial -> trial.getKind().equals("watch"))
                .findFirst()
                .orElseThrow()
                .getFirstOffsets()
                .get(0);
    }

    static void promoteTheFirst(GateRun run) {
        run.arrive(0, 100).publish(0, 1).beats(1, 0, 0, 10);
        assertThat(run.last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(1));
    }
}
