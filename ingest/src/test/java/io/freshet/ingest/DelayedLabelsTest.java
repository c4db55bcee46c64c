package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.LocalStack;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DelayedLabelsTest {

    private static final Instant TIME = Examples.TIME;
    private static final Duration WAIT = Duration.ofHours(1);

    private static LocalStack stack;

    @TempDir
    Path state;

    @BeforeAll
    static void startRegistry(@TempDir Path directory) {
        stack = LocalStack.start(directory);
    }

    @AfterAll
    static void stopRegistry() {
        stack.close();
    }

    @Test
    void anExampleIsLearnedWithTheLabelThatComesForIt() {
        try (Driven driven = driven(Map.of())) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            assertThat(driven.admitted()).isEmpty();
            assertThat(driven.raw(Topic.UNLABELLED)).hasSize(1);
            assertThat(driven.counts().waiting()).isEqualTo(1);

            driven.send(label("a", "freeze", 1), TIME.plusSeconds(90));

            assertThat(driven.admitted()).singleElement().satisfies(example -> {
                assertThat(example.getLabel()).isEqualTo("freeze");
                assertThat(example.getCorrection()).isFalse();
                assertThat(example.getEventTime()).isEqualTo(TIME);
            });
            IngestCounts counts = driven.counts();
            assertThat(counts.waiting()).isZero();
            assertThat(counts.total()).isEqualTo(1);
            assertThat(counts.labels().delay().meanMillis()).hasValue(90_000);
        }
    }

    @Test
    void aCorrectionIsLearnedFromOnTheTrainingSide() {
        try (Driven driven = driven(Map.of("ingest.heldout.fraction", "0"))) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(label("a", "freeze", 1), TIME);
            driven.send(label("a", "report_lost", 2), TIME);

            List<LabeledExample> train = driven.examples(Topic.TRAIN);
            assertThat(train).extracting(LabeledExample::getLabel).containsExactly("freeze", "report_lost");
            assertThat(train).extracting(LabeledExample::getCorrection).containsExactly(false, true);
            assertThat(driven.counts().trained()).isEqualTo(1);
            assertThat(driven.counts().labels().corrected()).isEqualTo(1);
            assertThat(driven.counts().total()).isEqualTo(1);
        }
    }

    @Test
    void aLabelThatTheExampleBroughtIsCorrectedToo() {
        try (Driven driven = driven(Map.of("ingest.heldout.fraction", "0"))) {
            driven.send(Examples.of("a", "freeze my card", "freeze"), TIME);
            driven.send(label("a", "report_lost", 2), TIME);

            assertThat(driven.examples(Topic.TRAIN))
                    .extracting(LabeledExample::getLabel)
                    .containsExactly("freeze", "report_lost");
        }
    }

    @Test
    void aCorrectionOfAHeldOutExampleNeverReentersAPair() {
        try (Driven driven = driven(Map.of("ingest.heldout.fraction", "0.5"))) {
            for (int i = 0; i < 20; i++) {
                driven.send(unlabelled("e" + i, "utterance number " + i), TIME);
                driven.send(label("e" + i, "first", 1), TIME);
            }
            int heldOut = driven.examples(Topic.HELD_OUT).size();
            int train = driven.examples(Topic.TRAIN).size();
            for (int i = 0; i < 20; i++) {
                driven.send(label("e" + i, "second", 2), TIME);
            }

            assertThat(driven.examples(Topic.HELD_OUT)).isEmpty();
            assertThat(driven.examples(Topic.TRAIN)).hasSize(train);
            LabelCounts labels = driven.counts().labels();
            assertThat(labels.correctedHeldOut()).isEqualTo(heldOut).isPositive();
            assertThat(labels.corrected()).isEqualTo(train).isPositive();
            assertThat(labels.total()).isEqualTo(40);
        }
    }

    @Test
    void aCorrectionOfARejectedExampleIsOnlyCounted() {
        try (Driven driven = driven(Map.of("ingest.heldout.fraction", "0.5"))) {
            for (int i = 0; i < 10; i++) { // the same text under groups of both sides: the other side's are rejected
                driven.send(
                        Examples.builder("e" + i, "one text", "first")
                                .setGroup("group " + i)
                                .build(),
                        TIME);
            }
            long rejected = driven.counts().rejectedInAll();
            driven.admitted();
            for (int i = 0; i < 10; i++) {
                driven.send(label("e" + i, "second", 2), TIME);
            }

            assertThat(rejected).isPositive();
            assertThat(driven.counts().rejectedInAll()).isEqualTo(rejected);
            assertThat(driven.counts().labels().correctedRejected()).isEqualTo(rejected);
            assertThat(driven.counts().labels().corrections()).isEqualTo(10);
        }
    }

    @Test
    void anExampleWhoseLabelComesTooLateExpiresOnceAndTheLabelAfterIt() {
        try (Driven driven = driven(Map.of())) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(label("a", "freeze", 1), TIME.plus(WAIT).plusMillis(1));

            assertThat(driven.admitted()).isEmpty();
            assertThat(driven.rejected()).singleElement().satisfies(record -> {
                assertThat(record.getValue().getReason()).isEqualTo("label.expired");
                assertThat(record.getValue().getId()).isEqualTo("a");
                assertThat(record.getValue().getTopic()).isEqualTo("intents.examples");
            });
            assertThat(driven.counts().expired()).isEqualTo(1);
            assertThat(driven.counts().rejected()).isEmpty();
            assertThat(driven.counts().total()).isEqualTo(1);
            assertThat(driven.counts().labels().waiting()).isEqualTo(1);

            driven.send(label("b", "other", 1), TIME.plus(WAIT).plus(WAIT).plusMillis(2));

            assertThat(driven.rejected())
                    .extracting(record -> record.getValue().getReason())
                    .containsExactly("label.unmatched");
            assertThat(driven.counts().labels().expired()).isEqualTo(1);
        }
    }

    @Test
    void aLabelOnTheLastMomentIsInTime() {
        try (Driven driven = driven(Map.of())) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(label("a", "freeze", 1), TIME.plus(WAIT));

            assertThat(driven.admitted()).hasSize(1);
        }
    }

    @Test
    void theWaitingEndsThoughNoRecordComes() {
        try (Driven driven = driven(Map.of())) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.advance(Duration.ofSeconds(1));
            driven.advance(WAIT);
            assertThat(driven.counts().expired()).isZero();

            driven.advance(Duration.ofSeconds(2));

            assertThat(driven.counts().expired()).isEqualTo(1);
            assertThat(driven.counts().waiting()).isZero();
        }
    }

    @Test
    void aRepeatedEventIsADuplicateWhetherItsLabelIsThereOrNot() {
        try (Driven driven = driven(Map.of())) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(label("a", "freeze", 1), TIME);
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.send(label("a", "freeze", 1), TIME);

            assertThat(driven.admitted()).hasSize(1);
            assertThat(driven.counts().duplicates()).isEqualTo(2);
            assertThat(driven.counts().total()).isEqualTo(3);
            assertThat(driven.counts().labels().repeated()).isEqualTo(1);
        }
    }

    @Test
    void onTheTopicOfExamplesAnotherLabelOrTextStaysAConflict() {
        try (Driven driven = driven(Map.of())) {
            driven.send(Examples.of("a", "freeze my card", "freeze"), TIME);
            driven.send(Examples.of("a", "freeze my card", "report_lost"), TIME);
            driven.send(Examples.of("a", "thaw my card", "freeze"), TIME);

            assertThat(driven.admitted()).hasSize(1);
            assertThat(driven.counts().rejected()).isEqualTo(Map.of("id.conflict", 2L));
            assertThat(driven.counts().labels().corrections()).isZero();
        }
    }

    @Test
    void aProducerCannotDeclareACorrection() {
        try (Driven driven = driven(Map.of())) {
            driven.send(
                    Examples.builder("a", "freeze my card", "freeze")
                            .setCorrection(true)
                            .build(),
                    TIME);

            assertThat(driven.admitted()).singleElement().matches(example -> !example.getCorrection());
            assertThat(driven.counts().total()).isEqualTo(1);
        }
    }

    @Test
    void labelsThatCannotBeUsedAreRejectedAndCountedApart() {
        try (Driven driven = driven(Map.of("ingest.labels.allowed", "freeze,thaw"))) {
            driven.send(unlabelled("a", "freeze my card"), TIME);
            driven.sendLabel("nonsense".getBytes(StandardCharsets.UTF_8), TIME);
            driven.send(label("a", "fly", 1), TIME);
            driven.send(label(" ", "freeze", 1), TIME);
            driven.send(label("a", " ", 1), TIME);

            assertThat(driven.rejected())
                    .extracting(record -> record.getValue().getTopic())
                    .containsOnly("intents.labels")
                    .hasSize(4);
            assertThat(driven.counts().rejected()).isEmpty();
            assertThat(driven.counts().total()).isEqualTo(1);
            assertThat(driven.counts().labels().rejected())
                    .isEqualTo(Map.of(
                            "record.not.avro", 1L, "label.not.allowed", 1L, "id.blank", 1L, "label.missing", 1L));
            assertThat(driven.counts().labels().total()).isEqualTo(4);
        }
    }

    @Test
    void theChampionsAnswersAreScoredWhenTheLabelsCome() {
        try (Driven driven = driven(Map.of())) {
            for (String id : List.of("a", "b", "c")) {
                driven.send(unlabelled(id, "freeze my card " + id), TIME);
            }
            driven.answer("a", "freeze");
            driven.answer("a", "thaw"); // a scorer that started again
            driven.answer("b", "thaw");
            driven.send(label("a", "freeze", 1), TIME);
            driven.send(label("b", "freeze", 1), TIME);
            driven.send(label("c", "freeze", 1), TIME);
            driven.answer("c", "freeze");

            assertThat(driven.counts().labels().answers()).isEqualTo(new LabelCounts.Answers(3, 2, 3, 2));
        }
    }

    @Test
    void theRecentAnswersAreTheLastOnes() {
        try (Driven driven = driven(Map.of())) {
            for (int i = 0; i < 1_324; i++) { // 300 wrong ones, then as many right ones as are recent
                driven.send(unlabelled("e" + i, "utterance number " + i), TIME);
                driven.answer("e" + i, i < 300 ? "wrong" : "right");
                driven.send(label("e" + i, "right", 1), TIME);
            }

            LabelCounts.Answers answers = driven.counts().labels().answers();
            assertThat(answers).isEqualTo(new LabelCounts.Answers(1_324, 1_024, 1_024, 1_024));
            assertThat(answers.recentAccuracy()).hasValue(1);
        }
    }

    @Test
    void aLanguageModelWaitsForNoLabel() {
        try (Driven driven = driven(Map.of("objective", "masked-lm"))) {
            driven.send(unlabelled("a", "freeze my card"), TIME);

            assertThat(driven.admitted()).hasSize(1);
            assertThat(driven.counts().waiting()).isZero();
        }
    }

    @Test
    void withoutAWaitingTimeAMissingLabelIsRejectedAsBefore() {
        try (Driven driven = driven(Map.of("ingest.labels.wait.ms", "0"))) {
            driven.send(unlabelled("a", "freeze my card"), TIME);

            assertThat(driven.rejected())
                    .extracting(record -> record.getValue())
                    .extracting(RejectedExample::getReason)
                    .containsExactly("label.missing");
        }
    }

    private Driven driven(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(Map.of("ingest.labels.wait.ms", "" + WAIT.toMillis()));
        settings.putAll(others);
        return new Driven(stack, state, settings);
    }

    private static LabeledExample unlabelled(String id, String text) {
        return Examples.builder(id, text, "").setLabel(null).build();
    }

    private static Label label(String id, String label, int second) {
        return DelayedStream.label(id, label, second);
    }
}
