package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import io.freshet.model.Tuning;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LearnerTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final List<String> LABELS = List.of("c", "a", "b");
    private static final CutLimits ALL = new CutLimits(100, 10_000);

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void initialise() throws IOException {
        Models.initialise(
                directory.resolve("start"),
                new ModelShape(1, 16, 2, 32, 32, 0.1),
                WordPieces.bertBaseUncased().cut(List.of("say a number please", "zero one two"), 6_000),
                3);
    }

    private static LearnerSettings settings(int stepsPerBatch, int labelLimit, double ratio) {
        return settings(Objective.CLASSIFICATION, new Batches(ALL, 1, 0, 1, stepsPerBatch), labelLimit, ratio);
    }

    private static LearnerSettings settings(Objective objective, Batches batches, int labelLimit, double ratio) {
        Schedule rate = Schedule.constant(1e-2, 4);
        return new LearnerSettings(
                objective,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0.01, 1, 0),
                LearnerSettings.Loss.PLAIN,
                batches,
                labelLimit,
                new StrategyPlan(Strategy.REPLAY, new StrategyPlan.Replay(20, 1_000_000, ratio)));
    }

    private static List<Learnable> unlabelled(Learner learner, int from, int to) {
        return batch(learner, from, to, 1).stream()
                .map(example -> new Learnable(example.id(), example.input(), null, example.weight(), example.encoded()))
                .toList();
    }

    private Learner start(LearnerSettings settings) {
        return Learner.start(directory.resolve("start"), OPTIONS, settings);
    }

    private static List<Learnable> batch(Learner learner, int from, int to, double weight) {
        List<Learnable> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
            TextInput input =
                    TextInput.of("say " + List.of("zero", "one", "two").get(i % 3) + " please");
            batch.add(new Learnable(
                    "e" + i, input, LABELS.get(i % 3), weight, learner.model().encode(input)));
        }
        return batch;
    }

    @Test
    void growsTheHeadInOrderOfAppearanceAndPredictsBeforeItLearns() {
        try (Learner learner = start(settings(1, 10, 1))) {
            learner.learn(batch(learner, 0, 3, 1), 0);
            assertThat(learner.labels()).containsExactly("c", "a", "b");
            assertThat(learner.standing().accuracy()).isZero();
            assertThat(learner.standing().loss()).isCloseTo(-Math.log(1e-6), within(1e-9));
            for (int i = 1; i < 300; i++) {
                learner.learn(batch(learner, 3 * i, 3 * i + 3, 1), 0);
            }
            // Chance is 1/3: more than 2/3 of the last 900 by chance has a probability below 1e-90.
            assertThat(learner.standing().windowAccuracy()).isGreaterThan(2.0 / 3);
        }
    }

    @Test
    void leavesOutExamplesOfLabelsBeyondTheLimit() {
        try (Learner learner = start(settings(1, 2, 1))) {
            BatchReport report = learner.learn(batch(learner, 0, 6, 1), 1);
            assertThat(report.trained()).isEqualTo(4);
            assertThat(report.overLimit()).containsExactly(2, 5);
            assertThat(learner.labels()).containsExactly("c", "a");
            assertThat(learner.trained()).isEqualTo(4);
            assertThat(learner.rejected()).isEqualTo(3);
            assertThat(learner.standing().count()).isEqualTo(4);
        }
    }

    @Test
    void takesNoStepWithoutExamplesOrWeights() {
        try (Learner learner = start(settings(1, 10, 1))) {
            learner.learn(List.of(), 2);
            learner.learn(batch(learner, 0, 3, 0), 0);
            assertThat(learner.step()).isZero();
            assertThat(learner.batches()).isEqualTo(2);
            assertThat(learner.trained()).isEqualTo(3);
        }
    }

    @Test
    void replaysOnlyWhatItLearnedBefore() {
        try (Learner learner = start(settings(2, 10, 2))) {
            assertThat(learner.learn(batch(learner, 0, 3, 1), 0).steps().replayed())
                    .isZero();
            assertThat(learner.learn(batch(learner, 3, 9, 1), 0).steps().replayed())
                    .isEqualTo(3);
            assertThat(learner.learn(batch(learner, 9, 12, 1), 0).steps().replayed())
                    .isEqualTo(6);
            assertThat(learner.step()).isEqualTo(6);
            assertThat(learner.remembered()).isEqualTo(12);
        }
        try (Learner naive = start(settings(1, 10, 0))) {
            naive.learn(batch(naive, 0, 3, 1), 0);
            assertThat(naive.learn(batch(naive, 3, 9, 1), 0).steps().replayed()).isZero();
            assertThat(naive.remembered()).isZero();
        }
    }

    /** Masks or next tokens of three texts that differ in one word: whatever else is masked can be learned by heart. */
    @ParameterizedTest
    @EnumSource(value = Objective.class, names = "MASKED_LM")
    void aLanguageModelNeedsNoLabelsAndFewerBitsTheMoreItLearned(Objective objective) {
        try (Learner learner = start(settings(objective, Batches.plain(ALL), 1, 1))) {
            learner.learn(unlabelled(learner, 0, 30), 0);
            double before = learner.standing().bitsPerToken().orElseThrow();
            for (int i = 1; i < 60; i++) {
                learner.learn(unlabelled(learner, 30 * i, 30 * i + 30), 0);
            }
            assertThat(learner.standing().count()).isEqualTo(1_800);
            assertThat(learner.standing().windowBitsPerToken().orElseThrow()).isLessThan(before / 2);
            assertThat(learner.standing().loss())
                    .isCloseTo(learner.standing().bitsPerToken().orElseThrow() * Math.log(2), within(1e-12));
            assertThat(learner.labels()).isEmpty();
            assertThat(learner.rejected()).isZero();
        }
    }

    @Test
    void aWindowIsLearnedFromInSeveralStepsAndCountsAsOneCut() {
        Batches windowed = new Batches(new CutLimits(4, 10_000), 1, 0, 4, 1);
        try (Learner learner = start(settings(Objective.CLASSIFICATION, windowed, 10, 1))) {
            BatchReport report = learner.learn(batch(learner, 0, 14, 1), 0);
            assertThat(report.trained()).isEqualTo(14);
            assertThat(report.steps().count()).isEqualTo(4); // 4 + 4 + 4 + 2
            assertThat(learner.step()).isEqualTo(4);
            assertThat(learner.batches()).isEqualTo(1);
            assertThat(learner.standing().count()).isEqualTo(14);
            assertThat(report.steps().replayed()).isEqualTo(10); // as many as new ones, but for the first step's 4
        }
    }

    @Test
    void examplesOfALabelWithoutWeightAreNotLearnedFrom() {
        LearnerSettings plain = settings(1, 10, 0);
        LearnerSettings weighted = new LearnerSettings(
                plain.objective(),
                plain.seed(),
                plain.optimizer(),
                new LearnerSettings.Loss(0, new ClassWeights.Given(Map.of("a", 0.0, "b", 0.0, "c", 0.0))),
                plain.batches(),
                plain.labelLimit(),
                plain.plan());
        try (Learner learner = start(weighted)) {
            learner.learn(batch(learner, 0, 3, 1), 0);
            assertThat(learner.step()).isZero();
            assertThat(learner.trained()).isEqualTo(3);
        }
    }

    @Test
    void refusesToGoOnWithAnotherObjective() throws IOException {
        Path saved = directory.resolve("saved");
        try (Learner learner = start(settings(1, 10, 1))) {
            save(learner, saved);
        }
        LearnerSettings other = settings(Objective.MASKED_LM, Batches.plain(ALL), 1, 1);
        assertThatThrownBy(() -> Learner.resume(saved, saved.resolve("trainer"), OPTIONS, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("objective was classification, not masked-lm");
    }

    /** One way to train. */
    private record Way(String name, Tuning tuning, LearnerSettings settings) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Way> everyWayToTrain() {
        Batches windowed = new Batches(new CutLimits(2, 10_000), 1, 0, 2, 1);
        Batches summed = new Batches(ALL, 3, 12, 1, 1);
        Tuning full = new Tuning.Full();
        return List.of(
                new Way("plain", full, settings(2, 10, 1.5)),
                new Way("windows", full, settings(Objective.CLASSIFICATION, windowed, 10, 1.5)),
                new Way("masked", full, settings(Objective.MASKED_LM, windowed, 10, 1.5)),
                new Way("masked, averaged", full, averaged(settings(Objective.MASKED_LM, summed, 10, 1.5))),
                new Way("averaged, balanced", full, averaged(settings(Objective.CLASSIFICATION, summed, 10, 1.5))),
                new Way("head", new Tuning.HeadOnly(), settings(1, 10, 1)),
                new Way("top", new Tuning.TopLayers(1), averaged(settings(1, 10, 1))),
                new Way("lora", new Tuning.Lora(2, 4, 0.1, List.of()), averaged(settings(1, 10, 1))));
    }

    private static LearnerSettings averaged(LearnerSettings plain) {
        LearnerSettings.Optimizer optimizer = plain.optimizer();
        boolean labelled = plain.objective() == Objective.CLASSIFICATION;
        return new LearnerSettings(
                plain.objective(),
                plain.seed(),
                new LearnerSettings.Optimizer(
                        optimizer.rate(), optimizer.headRate(), optimizer.weightDecay(), optimizer.clipNorm(), 0.9),
                new LearnerSettings.Loss(0.1, labelled ? new ClassWeights.Balanced() : new ClassWeights.Equal()),
                plain.batches(),
                plain.labelLimit(),
                plain.plan());
    }

    @ParameterizedTest
    @MethodSource("everyWayToTrain")
    void goesOnFromItsFilesAsIfItHadNotStopped(Way way) throws IOException {
        ModelOptions options = OPTIONS.withTuning(way.tuning());
        Path whole = directory.resolve("whole");
        Path middle = directory.resolve("middle");
        Path resumed = directory.resolve("resumed");
        try (Learner learner = Learner.start(directory.resolve("start"), options, way.settings())) {
            learn(learner, 0, 20);
            save(learner, middle);
            learn(learner, 20, 40);
            save(learner, whole);
        }
        try (Learner learner = Learner.resume(middle, middle.resolve("trainer"), options, way.settings())) {
            assertThat(learner.trained()).isEqualTo(60);
            learn(learner, 20, 40);
            save(learner, resumed);
        }
        assertThat(filesBelow(resumed)).isEqualTo(filesBelow(whole)).contains("config.json", "trainer/state.json");
        for (String file : filesBelow(whole)) {
            assertThat(Files.mismatch(whole.resolve(file), resumed.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
        assertThat(Files.mismatch(
                        whole.resolve("trainer/optimizer.safetensors"),
                        middle.resolve("trainer/optimizer.safetensors")))
                .as("the second half changed something")
                .isNotEqualTo(-1);
    }

    private static List<String> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** With an average what is published trails behind what learns: both are in the checkpoint, and they differ. */
    @Test
    void publishesTheAverageOfTheWeightsAndPredictsWithIt() throws IOException {
        Path saved = directory.resolve("saved");
        double before;
        try (Learner learner = start(averaged(settings(1, 10, 1)))) {
            learn(learner, 0, 30);
            save(learner, saved);
            learner.learn(batch(learner, 0, 3, 0), 0); // without weight: predicted, and nothing is learned
            before = learner.standing().loss() * learner.standing().count();
        }
        try (Classifier published = Models.open(saved, OPTIONS);
                Learner learner =
                        Learner.resume(saved, saved.resolve("trainer"), OPTIONS, averaged(settings(1, 10, 1)))) {
            double sum = learner.standing().loss() * learner.standing().count();
            List<Answer> answers = published.classify(
                    batch(learner, 0, 3, 1).stream().map(Learnable::encoded).toList());
            for (int i = 0; i < 3; i++) {
                sum -= Math.log(answers.get(i).probabilityOf(LABELS.get(i)));
            }
            assertThat(sum).isCloseTo(before, within(1e-4)); // float32 on 3 of 93 examples, batched alike
        }
    }

    private static void learn(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.learn(batch(learner, 3 * i, 3 * i + 3, i % 2 == 0 ? 1 : 0.5), 0);
        }
    }

    private static void save(Learner learner, Path target) throws IOException {
        Path trainer = Files.createDirectories(target.resolve("trainer"));
        try (LearnerSnapshot snapshot = learner.snapshot()) {
            snapshot.writeModel(target);
            snapshot.writeTrainer(trainer);
        }
    }

    @Test
    void aCorrectionReplacesWhatIsKeptAndWhatTheSameCutSaidBefore() throws IOException {
        Path saved = directory.resolve("saved");
        try (Learner learner = start(settings(1, 10, 1))) {
            learner.learn(batch(learner, 0, 3, 1), 0);
            Learnable old = batch(learner, 1, 2, 1).get(0);
            Learnable wrong = new Learnable(old.id(), old.input(), "wrong", 1, old.encoded());
            Learnable corrected = new Learnable(old.id(), old.input(), "b", 1, old.encoded());
            BatchReport report = learner.learn(List.of(wrong, corrected), 0);
            assertThat(report.trained()).isEqualTo(2);
            assertThat(learner.trained()).isEqualTo(5);
            assertThat(learner.remembered()).isEqualTo(3);
            learner.forget("e2");
            assertThat(learner.remembered()).isEqualTo(2);
            save(learner, saved);
        }
        assertThat(Files.readAllLines(saved.resolve("trainer/replay.jsonl")))
                .filteredOn(line -> line.contains("\"id\":\"e1\""))
                .singleElement()
                .asString()
                .contains("\"label\":\"b\"");
    }
}
