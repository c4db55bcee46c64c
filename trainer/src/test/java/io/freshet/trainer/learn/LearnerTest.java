package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.TextInput;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final List<String> LABELS = List.of("c", "a", "b");

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
        return new LearnerSettings(
                5,
                new WarmUp(1e-2, 4),
                new WarmUp(1e-2, 4),
                0.01,
                1,
                stepsPerBatch,
                labelLimit,
                new LearnerSettings.Replay(Strategy.REPLAY, 20, ratio));
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
            assertThat(learner.model().labels()).containsExactly("c", "a", "b");
            assertThat(learner.prequential().right()).isZero();
            assertThat(learner.prequential().loss()).isCloseTo(-Math.log(1e-6), within(1e-9));
            for (int i = 1; i < 300; i++) {
                learner.learn(batch(learner, 3 * i, 3 * i + 3, 1), 0);
            }
            long before = learner.prequential().right();
            for (int i = 300; i < 400; i++) {
                learner.learn(batch(learner, 3 * i, 3 * i + 3, 1), 0);
            }
            // Chance is 1/3: more than 200 of 300 by chance has a probability below 1e-30.
            assertThat(learner.prequential().right() - before).isGreaterThan(200);
        }
    }

    @Test
    void leavesOutExamplesOfLabelsBeyondTheLimit() {
        try (Learner learner = start(settings(1, 2, 1))) {
            BatchReport report = learner.learn(batch(learner, 0, 6, 1), 1);
            assertThat(report.trained()).isEqualTo(4);
            assertThat(report.overLimit()).containsExactly(2, 5);
            assertThat(learner.model().labels()).containsExactly("c", "a");
            assertThat(learner.trained()).isEqualTo(4);
            assertThat(learner.rejected()).isEqualTo(3);
            assertThat(learner.prequential().count()).isEqualTo(4);
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

    @Test
    void goesOnFromItsFilesAsIfItHadNotStopped() throws IOException {
        LearnerSettings settings = settings(2, 10, 1.5);
        Path whole = directory.resolve("whole");
        Path resumed = directory.resolve("resumed");
        try (Learner learner = start(settings)) {
            learn(learner, 0, 20);
            save(learner, directory.resolve("middle"));
            learn(learner, 20, 40);
            save(learner, whole);
        }
        Path middle = directory.resolve("middle");
        try (Learner learner = Learner.resume(middle, middle.resolve("trainer"), OPTIONS, settings)) {
            assertThat(learner.trained()).isEqualTo(60);
            learn(learner, 20, 40);
            save(learner, resumed);
        }
        for (String file : List.of(
                "model.safetensors",
                "config.json",
                "trainer/optimizer.safetensors",
                "trainer/state.json",
                "trainer/replay.jsonl")) {
            assertThat(Files.mismatch(whole.resolve(file), resumed.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
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
}
