package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.drift.Detection;
import io.freshet.trainer.drift.DriftAlarm;
import io.freshet.trainer.drift.DriftPolicy;
import io.freshet.trainer.drift.Reaction;
import io.freshet.trainer.drift.Sensitivity;
import io.freshet.trainer.drift.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small real model on a stream of three texts, of which two change their labels after example {@value #CHANGE}. */
class LearnerDriftTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final int CHANGE = 600;
    private static final int LENGTH = 750;
    private static final int AT_ONCE = 6;
    private static final int KEPT = 300;
    private static final List<String> WORDS = List.of("zero", "one", "two");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void initialise() throws IOException {
        Models.initialise(
                directory.resolve("start"),
                new ModelShape(1, 16, 2, 32, 32, 0),
                WordPieces.bertBaseUncased().cut(List.of("say a number please", "zero one two"), 6_000),
                3);
    }

    private static LearnerSettings settings(Reaction... reactions) {
        Schedule rate = new Schedule(Schedule.Shape.INVERSE_SQRT, 1e-2, 4, 0, 0);
        DriftPolicy policy = new DriftPolicy(
                Detection.ADWIN,
                Sensitivity.DEFAULT,
                true,
                new Windows(0.001, 40),
                reactions.length == 0 ? EnumSet.noneOf(Reaction.class) : EnumSet.copyOf(List.of(reactions)),
                new DriftPolicy.Forgetting(0, true),
                10);
        return new LearnerSettings(
                Objective.CLASSIFICATION,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0.01, 1, 0),
                LearnerSettings.Loss.PLAIN,
                LearnerSettings.Batches.plain(new CutLimits(AT_ONCE, 10_000)),
                10,
                new StrategyPlan(Strategy.REPLAY, new StrategyPlan.Replay(KEPT, 1_000_000, 1)),
                policy);
    }

    private static List<Learnable> batch(Learner learner, int from) {
        List<Learnable> batch = new ArrayList<>();
        for (int i = from; i < from + AT_ONCE; i++) {
            int word = i % 3;
            boolean swapped = i >= CHANGE && word < 2;
            TextInput input = TextInput.of("say " + WORDS.get(word) + " please");
            String label = WORDS.get(swapped ? 1 - word : word);
            batch.add(new Learnable("e" + i, input, label, 1, learner.model().encode(input)));
        }
        return batch;
    }

    @Test
    void anAlarmForgetsWhatTheChangeOverturnedAndWarmsTheRateAgain() {
        try (Learner learner =
                Learner.start(directory.resolve("start"), OPTIONS, settings(Reaction.SHRINK, Reaction.REWARM))) {
            List<DriftAlarm> alarms = new ArrayList<>();
            double before = 0;
            int fewest = KEPT;
            double highest = 0;
            for (int i = 0; i < LENGTH; i += AT_ONCE) {
                BatchReport report = learner.learn(batch(learner, i), 0);
                alarms.addAll(report.alarms());
                if (i < CHANGE) {
                    before = report.steps().learningRate();
                } else {
                    fewest = Math.min(fewest, learner.remembered());
                    highest = Math.max(highest, report.steps().learningRate());
                }
            }
            assertThat(alarms).isNotEmpty();
            DriftAlarm first = alarms.get(0);
            assertThat(first.detector()).isEqualTo("adwin");
            assertThat(first.at()).isBetween((long) CHANGE, CHANGE + 60L);
            assertThat(first.since()).isBetween(CHANGE - 12L, CHANGE + 12L);
            assertThat(before).isLessThan(2.1e-3); // 1e-2 * sqrt(4 / 100)
            assertThat(highest).isGreaterThan(9e-3);
            // About 200 of the 300 examples kept are of the two labels; what came since fills the room only step by
            // step.
            assertThat(fewest).isLessThan(KEPT / 2);
        }
    }

    @Test
    void anAlarmAloneChangesNothingButIsTold() throws IOException {
        Path watched = directory.resolve("watched");
        Path unwatched = directory.resolve("unwatched");
        LearnerSettings plain = settings();
        LearnerSettings off = new LearnerSettings(
                plain.objective(),
                plain.seed(),
                plain.optimizer(),
                plain.loss(),
                plain.batches(),
                plain.labelLimit(),
                plain.plan());
        try (Learner learner = Learner.start(directory.resolve("start"), OPTIONS, settings(Reaction.ALARM))) {
            assertThat(learn(learner, 0, LENGTH)).isNotEmpty();
            save(learner, watched);
        }
        try (Learner learner = Learner.start(directory.resolve("start"), OPTIONS, off)) {
            assertThat(learn(learner, 0, LENGTH)).isEmpty();
            save(learner, unwatched);
        }
        assertSame(watched, unwatched, "model.safetensors");
        assertSame(watched, unwatched, "trainer/replay.jsonl");
    }

    /** Stopped between the change and the end of what follows its alarm, with all of that in its files. */
    @Test
    void goesOnAfterAnAlarmAsIfItHadNotStopped() throws IOException {
        Path middle = directory.resolve("middle");
        Path whole = directory.resolve("whole");
        Path resumed = directory.resolve("resumed");
        LearnerSettings settings = settings(Reaction.SHRINK, Reaction.REWARM);
        int stop = CHANGE + 48;
        try (Learner learner = Learner.start(directory.resolve("start"), OPTIONS, settings)) {
            assertThat(learn(learner, 0, stop)).as("alarms before the stop").isNotEmpty();
            save(learner, middle);
            learn(learner, stop, LENGTH);
            save(learner, whole);
        }
        try (Learner learner = Learner.resume(middle, middle.resolve("trainer"), OPTIONS, settings)) {
            learn(learner, stop, LENGTH);
            save(learner, resumed);
        }
        for (String file : List.of(
                "model.safetensors", "trainer/state.json", "trainer/replay.jsonl", "trainer/optimizer.safetensors")) {
            assertSame(whole, resumed, file);
        }
    }

    private static List<DriftAlarm> learn(Learner learner, int from, int to) {
        List<DriftAlarm> alarms = new ArrayList<>();
        for (int i = from; i < to; i += AT_ONCE) {
            alarms.addAll(learner.learn(batch(learner, i), 0).alarms());
        }
        return alarms;
    }

    private static void assertSame(Path one, Path other, String file) throws IOException {
        assertThat(Files.mismatch(one.resolve(file), other.resolve(file)))
                .as(file)
                .isEqualTo(-1);
    }

    private static void save(Learner learner, Path target) throws IOException {
        Path trainer = Files.createDirectories(target.resolve("trainer"));
        try (LearnerSnapshot snapshot = learner.snapshot()) {
            snapshot.writeModel(target);
            snapshot.writeTrainer(trainer);
        }
    }
}
