package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import io.freshet.model.discriminant.Blend;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiscriminantBesideTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final List<String> WORDS = List.of("zero", "one", "two", "three");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void initialise() throws IOException {
        Models.initialise(
                directory.resolve("start"),
                new ModelShape(1, 16, 2, 32, 32, 0.1),
                WordPieces.bertBaseUncased().cut(List.of("say a number please", String.join(" ", WORDS)), 6_000),
                3);
    }

    private static DiscriminantPlan plan(int lexical, int corrections) {
        return new DiscriminantPlan(10, lexical, 64, 1024, corrections, DiscriminantPlan.USUAL.ensemble());
    }

    private static LearnerSettings settings(Strategy strategy) {
        return settings(strategy, plan(64, 1_000));
    }

    private static LearnerSettings settings(Strategy strategy, DiscriminantPlan plan) {
        Schedule rate = Schedule.constant(1e-2, 4);
        return new LearnerSettings(
                Objective.CLASSIFICATION,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0.01, 1, 0.9),
                LearnerSettings.Loss.PLAIN,
                Batches.plain(new CutLimits(100, 10_000)),
                10,
                new StrategyPlan(
                        strategy,
                        strategy.parts(),
                        new StrategyPlan.Replay(20, 1_000_000, 1.5),
                        StrategyPlan.Numbers.USUAL,
                        plan));
    }

    private Learner start(Strategy strategy) {
        return Learner.start(directory.resolve("start"), OPTIONS, settings(strategy));
    }

    private static Learnable example(Learner learner, String id, String text, String label) {
        TextInput input = TextInput.of(text);
        return new Learnable(id, input, label, 1, learner.model().encode(input));
    }

    private static List<Learnable> batch(Learner learner, int from, int to) {
        List<Learnable> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String word = WORDS.get(i % WORDS.size());
            batch.add(example(learner, "e" + i, "say " + word + " please " + i, word));
        }
        return batch;
    }

    private Path saved(Learner learner, String name) throws IOException {
        Path target = directory.resolve(name);
        Files.createDirectories(target.resolve("trainer"));
        try (LearnerSnapshot snapshot = learner.snapshot()) {
            snapshot.writeModel(target);
            snapshot.writeTrainer(target.resolve("trainer"));
        }
        return target;
    }

    /** Returns how many examples of each label a published head was made of. */
    private static Map<String, Double> counts(Path model) throws IOException {
        JsonNode head =
                Json.MAPPER.readTree(model.resolve("discriminant/head.json").toFile());
        Map<String, Double> counts = new TreeMap<>();
        for (int i = 0; i < head.get("labels").size(); i++) {
            counts.put(
                    head.get("labels").get(i).asText(),
                    head.get("examples").get(i).asDouble());
        }
        return counts;
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"SLDA", "KERNEL_SLDA", "LEXICAL_SLDA", "ENSEMBLE"})
    void whatIsPublishedAnswersAsTheLearnerDoes(Strategy strategy) throws IOException {
        try (Learner learner = start(strategy)) {
            for (int i = 0; i < 60; i += 6) {
                learner.learn(batch(learner, i, i + 6), 0);
            }
            List<Learnable> asked = batch(learner, 100, 108);
            List<Answer> answers = learner.answers(asked);
            try (Classifier served = Models.open(saved(learner, "saved"), OPTIONS)) {
                assertThat(served.labels()).isEqualTo(learner.labels());
                List<Answer> found = served.classify(asked.stream()
                        .map(example -> served.encode(example.input()))
                        .toList());
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).probabilities())
                            .containsExactly(answers.get(i).probabilities());
                }
            }
        }
    }

    @Test
    void aDiscriminantAloneKnowsALabelAfterItsFirstExample() {
        try (Learner learner = start(Strategy.LEXICAL_SLDA)) {
            learner.learn(batch(learner, 0, 40), 0);
            learner.learn(List.of(example(learner, "new", "play some jazz", "music")), 0);
            List<Learnable> asked = List.of(example(learner, "asked", "play some jazz now", "music"));
            assertThat(learner.answers(asked).get(0).label()).isEqualTo("music");
        }
    }

    @Test
    void aCorrectionTakesTheEarlierLabelBack() throws IOException {
        try (Learner corrected = start(Strategy.LEXICAL_SLDA);
                Learner right = start(Strategy.LEXICAL_SLDA)) {
            List<Learnable> wrong = new ArrayList<>(batch(corrected, 0, 40));
            wrong.set(7, example(corrected, "e7", "say three please 7", "zero"));
            corrected.learn(wrong, 0);
            corrected.learn(List.of(example(corrected, "e7", "say three please 7", "three")), 0);
            right.learn(batch(right, 0, 40), 0);
            assertThat(counts(saved(corrected, "corrected"))).isEqualTo(counts(saved(right, "right")));
        }
    }

    @Test
    void beyondItsBoundACorrectionIsLearnedBesideTheEarlierLabel() throws IOException {
        DiscriminantPlan few = plan(64, 5);
        try (Learner learner =
                Learner.start(directory.resolve("start"), OPTIONS, settings(Strategy.LEXICAL_SLDA, few))) {
            learner.learn(batch(learner, 0, 40), 0);
            learner.learn(List.of(example(learner, "e7", "say three please 7", "zero")), 0);
            assertThat(counts(saved(learner, "saved")))
                    .containsEntry("zero", 11.0)
                    .containsEntry("three", 10.0);
        }
    }

    @Test
    void theEncoderStaysWhatItWasWhileTheTransformerLearns() throws IOException {
        try (Learner learner = start(Strategy.ENSEMBLE)) {
            learner.learn(batch(learner, 0, 12), 0);
            Path before = saved(learner, "before");
            learner.learn(batch(learner, 12, 24), 0);
            Path after = saved(learner, "after");
            String encoder = "discriminant/encoder/model.safetensors";
            assertThat(Files.mismatch(before.resolve(encoder), after.resolve(encoder)))
                    .isEqualTo(-1);
            assertThat(Files.mismatch(before.resolve("model.safetensors"), after.resolve("model.safetensors")))
                    .isNotEqualTo(-1);
        }
    }

    @Test
    void theStatisticsFileIsTheSameUntilTheyAreFactoredAgain() throws IOException {
        try (Learner learner = start(Strategy.SLDA)) {
            learner.learn(batch(learner, 0, 12), 0);
            Path before = saved(learner, "before");
            learner.learn(batch(learner, 12, 24), 0);
            Path after = saved(learner, "after");
            String base = "trainer/discriminant.base";
            assertThat(Files.mismatch(before.resolve(base), after.resolve(base)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void aSnapshotCanBeWrittenAfterTheLearnerIsClosed() throws IOException {
        Path target = Files.createDirectory(directory.resolve("late"));
        LearnerSnapshot snapshot;
        try (Learner learner = start(Strategy.LEXICAL_SLDA)) {
            learner.learn(batch(learner, 0, 12), 0);
            snapshot = learner.snapshot();
        }
        try (snapshot) {
            snapshot.writeModel(target);
        }
        try (Classifier served = Models.open(target, OPTIONS)) {
            assertThat(served.labels()).hasSize(4);
        }
    }

    @Test
    void forgettingAnExampleAndFadingALabelTakeTheirCounts() throws IOException {
        try (Learner learner = start(Strategy.LEXICAL_SLDA);
                DiscriminantBeside strategy = new DiscriminantBeside(
                        new Naive(),
                        new Discriminants(plan(64, 1_000), DiscriminantPlan.Head.LEXICAL, OPTIONS, 1)
                                .fresh(directory.resolve("start")))) {
            strategy.remember(batch(learner, 0, 40), new Labels(WORDS));
            strategy.forget("e3");
            strategy.forgetBefore(40, 0.5, example -> "one".equals(example.label()));
            Path target = Files.createDirectory(directory.resolve("forgot"));
            try (LearningStrategy.Saved saved = strategy.saved()) {
                saved.writeModel(target);
            }
            assertThat(counts(target)).isEqualTo(Map.of("zero", 10.0, "one", 5.0, "two", 10.0, "three", 9.0));
        }
    }

    /** A model that has labels and is not asked anything else. */
    private record Labels(List<String> labels) implements ModelView {
        @Override
        public List<Answer> answers(List<Learnable> examples) {
            throw new UnsupportedOperationException("the transformer is not asked");
        }

        @Override
        public List<float[]> logits(List<Learnable> examples) {
            throw new UnsupportedOperationException("the transformer is not asked");
        }
    }

    @Test
    void aLabelThatCameEarlierInTheSameBatchIsAnswered() throws IOException {
        DiscriminantPlan.Ensemble usual = DiscriminantPlan.USUAL.ensemble();
        DiscriminantPlan.Ensemble linearAlone = new DiscriminantPlan.Ensemble(
                new Blend.Weights(0, 0.05, 1), usual.linearRate(), usual.prior(), usual.rehearse());
        DiscriminantPlan plan = new DiscriminantPlan(10, 64, 64, 1024, 0, linearAlone);
        try (Learner learner = start(Strategy.LEXICAL_SLDA);
                DiscriminantBeside strategy = new DiscriminantBeside(
                        new Naive(),
                        new Discriminants(plan, DiscriminantPlan.Head.BOTH, OPTIONS, 1)
                                .fresh(directory.resolve("start")))) {
            Learnable example = batch(learner, 0, 1).get(0);
            List<Answer> answers = strategy.judge(List.of(example, example), new Labels(List.of()));
            assertThat(answers.get(0).labels()).isEmpty();
            assertThat(answers.get(1).label()).isEqualTo(example.label());
        }
    }

    @Test
    void refusesToGoOnWithOtherFeatures() throws IOException {
        Path saved;
        try (Learner learner = start(Strategy.LEXICAL_SLDA)) {
            learner.learn(batch(learner, 0, 12), 0);
            saved = saved(learner, "saved");
        }
        LearnerSettings other = settings(Strategy.LEXICAL_SLDA, plan(128, 1_000));
        assertThatThrownBy(() -> Learner.resume(saved, saved.resolve("trainer"), OPTIONS, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("go on with the settings it began with");
    }
}
