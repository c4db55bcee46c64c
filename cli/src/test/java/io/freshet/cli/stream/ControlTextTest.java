package io.freshet.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlTextTest {

    static {
        // Lets Avro fill the defaults of nested records in, as it can wherever records are read or written.
        AvroSerde.of(Evaluation.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    private final StreamView view = new StreamView();

    @Test
    void saysNothingBeforeTheFirstChampion() {
        assertThat(ControlText.of(view)).isEmpty();
    }

    @Test
    void takesTheFirstChampionForTheAnchorUntilAPersonMovesIt() {
        view.champion(champion(1, "genesis", "initial"));
        assertThat(ControlText.of(view)).containsExactly("anchor      genesis, the first champion");

        view.decision(decision("anchor.moved", "pin", "c2", 1).build());
        assertThat(ControlText.of(view)).containsExactly("anchor      c2 by ann");
    }

    @Test
    void saysWhoHoldsTheGateAndSinceWhenUntilItIsLetGo() {
        view.decision(decision("command.accepted", "hold", null, 1)
                .setDetail("nothing is promoted until: resume")
                .build());
        assertThat(ControlText.of(view))
                .containsExactly("hold        since 1970-01-01T00:00:00Z by ann: nothing is promoted until: resume");

        view.decision(decision("command.refused", "resume", null, 1).build());
        assertThat(ControlText.of(view)).hasSize(1);

        view.decision(decision("command.accepted", "resume", null, 1).build());
        assertThat(ControlText.of(view)).isEmpty();
    }

    @Test
    void saysWhatWaitsForAPersonUntilItReignsOrIsRejectedOrSuperseded() {
        view.champion(champion(1, "genesis", "initial"));
        Decision passed = decision("candidate.passed", null, "c3", 1)
                .setDetail("a person decides: approve c3 or reject c3")
                .build();
        String line = "passed      c3 on 1970-01-01T00:00:00Z: a person decides: approve c3 or reject c3";

        view.decision(passed);
        view.decision(decision("command.accepted", "reject", "c9", 1).build());
        assertThat(ControlText.of(view)).contains(line);
        view.decision(decision("command.accepted", "reject", "c3", 1).build());
        assertThat(ControlText.of(view)).hasSize(1);

        view.decision(passed);
        view.decision(decision("candidate.superseded", null, "c3", 1).build());
        assertThat(ControlText.of(view)).hasSize(1);

        view.decision(passed);
        assertThat(ControlText.of(view)).contains(line);
        view.champion(champion(2, "c3", "approval"));
        assertThat(ControlText.of(view)).hasSize(1);
    }

    @Test
    void saysWhereTheWatchStandsAndDoesNotTakeItForATrial() {
        view.trial(watch("open"));
        assertThat(ControlText.of(view)).containsExactly("watch       over c3 against genesis before it, no pairs yet");
        assertThat(view.openTrial()).isEmpty();

        view.evaluation(evaluation(-Double.MAX_VALUE));
        assertThat(ControlText.of(view))
                .containsExactly(
                        "watch       over c3 0.900 against genesis 0.800 before it on 40 pairs, ln detector -infinity of 13.82: defer (evidence.insufficient)");
        assertThat(StatusText.evaluation(evaluation(2.5))).contains("ln detector 2.50 of 13.82");

        view.trial(watch("closed"));
        assertThat(ControlText.of(view)).isEmpty();
    }

    @Test
    void saysWhatTheGateAnswered() {
        assertThat(ControlText.decision(decision("command.refused", "approve", "c3", 4)
                        .setReason("champion.moved")
                        .setDetail("it was given in view of champion 3, and 4 reigns")
                        .build()))
                .isEqualTo(
                        "decision    approve refused for c3 by ann, champion 4, champion.moved: it was given in view of champion 3, and 4 reigns");
        assertThat(ControlText.decision(decision("candidate.passed", null, "c3", 4)
                        .setWho(null)
                        .setReason("gate.held")
                        .build()))
                .isEqualTo("decision    candidate.passed for c3, champion 4, gate.held: gate.held");
    }

    @Test
    void saysWhoRolledBackAndWhy() {
        assertThat(StatusText.champion(ChampionUpdate.newBuilder(champion(5, "c1", "rollback"))
                        .setWho("ann")
                        .setWhy("worse on cards")
                        .build()))
                .startsWith("champion    5: c1 (rollback by ann: worse on cards), step 10");
    }

    private static Decision.Builder decision(
            String kind, @Nullable String command, @Nullable String checkpoint, long champion) {
        return Decision.newBuilder()
                .setKind(kind)
                .setCommand(command)
                .setCommandId("id-1")
                .setCheckpoint(checkpoint)
                .setChampion(champion)
                .setWho("ann")
                .setReason("some.reason")
                .setTime(Instant.EPOCH);
    }

    private static ChampionUpdate champion(long sequence, String checkpoint, String reason) {
        return ChampionUpdate.newBuilder()
                .setSequence(sequence)
                .setCheckpoint(checkpoint)
                .setReason(reason)
                .setStep(10)
                .setTrained(320)
                .setLabels(3)
                .setStore("file:///store")
                .setFiles(List.of())
                .setTime(Instant.EPOCH)
                .build();
    }

    private static Trial watch(String state) {
        return Trial.newBuilder()
                .setId("w1")
                .setNumber(1)
                .setKind("watch")
                .setAlpha(1e-6)
                .setChampion("c3")
                .setCandidate("genesis")
                .setFirstOffsets(List.of(0L))
                .setMinPairs(1)
                .setMaxPairs(100)
                .setPolicyHash("policy")
                .setState(state)
                .setChampionFiles(List.of())
                .setCandidateFiles(List.of())
                .setStore("file:///store")
                .setTime(Instant.EPOCH)
                .build();
    }

    private static Evaluation evaluation(double detector) {
        return Evaluation.newBuilder()
                .setTrial("w1")
                .setNumber(1)
                .setKind("watch")
                .setChampion("c3")
                .setCandidate("genesis")
                .setPairs(40)
                .setWins(1)
                .setLosses(5)
                .setChampionScore(new ModelScore(0.9, 0.4, 0.3, 0.2, 1.5, null, null, null, List.of()))
                .setCandidateScore(new ModelScore(0.8, 0.6, 0.5, 0.45, 1.0, null, null, null, List.of()))
                .setIntervalLow(-0.1)
                .setIntervalHigh(0.3)
                .setLogEValue(0)
                .setLogThreshold(0)
                .setLogDetector(detector)
                .setLogAlarm(13.8155)
                .setAlpha(1e-6)
                .setDecision("defer")
                .setReason("evidence.insufficient")
                .setRanges(List.of())
                .setPolicyHash("policy")
                .setTime(Instant.EPOCH)
                .build();
    }
}
