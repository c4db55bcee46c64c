package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings.Batches;
import io.freshet.trainer.learn.StrategyPlan.Numbers;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the strategy, stopping and going on changes no byte of what comes out. */
class StrategyRestartTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final DiscriminantPlan SMALL =
            new DiscriminantPlan(10, 64, 64, 64, 20, DiscriminantPlan.USUAL.ensemble());
    private static final List<String> WORDS = List.of("zero", "one", "two", "three", "four", "five");

    /** Everything that happens every so often does so on both sides of the stop. */
    private static final Numbers OFTEN = new Numbers(
            new StrategyPlan.Derpp(0.5, 1),
            3,
            new StrategyPlan.Ewc(7, 5, 100, 0.9),
            new StrategyPlan.Lwf(6, 1, 2, ""),
            0.1,
            new StrategyPlan.Seq(8, 3));

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

    private static LearnerSettings settings(Strategy strategy, Parts parts) {
        Schedule rate = Schedule.constant(1e-2, 4);
        return new LearnerSettings(
                Objective.CLASSIFICATION,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0.01, 1, 0.9),
                LearnerSettings.Loss.PLAIN,
                Batches.plain(new CutLimits(100, 10_000)),
                10,
                new StrategyPlan(strategy, parts, new Replay(20, 1_000_000, 1.5), OFTEN, SMALL));
    }

    /** Cut i of the stream: three texts, of which the labels move on from the first to the last. */
    private static List<Learnable> cut(Learner learner, int i) {
        List<Learnable> cut = new ArrayList<>();
        for (int j = 3 * i; j < 3 * i + 3; j++) {
            String word = WORDS.get(Math.min(WORDS.size() - 1, j / 20 + j % 2));
            TextInput input = TextInput.of("say " + word + " please");
            String id = i % 6 == 5 ? "e" + (j - 3) : "e" + j; // now and then a correction of what came just before
            cut.add(new Learnable(
                    id, input, word, j % 5 == 0 ? 0.5 : 1, learner.model().encode(input)));
        }
        return cut;
    }

    private static void learn(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.learn(cut(learner, i), 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void goesOnFromItsFilesAsIfItHadNotStopped(Strategy strategy) throws IOException {
        assertGoesOn(settings(strategy, strategy.parts()));
        assertThat(filesBelow(directory.resolve("middle"))).containsAll(ownFiles(strategy));
    }

    private static List<String> ownFiles(Strategy strategy) {
        return switch (strategy) {
            case REPLAY, REPLAY_BALANCED, MIR, DERPP, ER_ACE -> List.of("trainer/replay.jsonl");
            case EWC -> List.of("trainer/ewc.jsonl");
            case LWF -> List.of("trainer/teacher/config.json", "trainer/teacher/model.safetensors");
            case L2_SP -> List.of("trainer/l2-sp.json");
            case SEQ -> List.of("trainer/seq.json");
            default -> List.of();
        };
    }

    @Test
    void goesOnWithPartsOfSeveralStrategies() throws IOException {
        assertGoesOn(settings(
                Strategy.ER_ACE,
                new Parts(
                        StrategyPlan.MemoryKind.BALANCED,
                        StrategyPlan.RetrievalKind.INTERFERED,
                        StrategyPlan.LossKind.ER_ACE,
                        List.of(StrategyPlan.Restraint.EWC, StrategyPlan.Restraint.LWF, StrategyPlan.Restraint.SEQ))));
    }

    private void assertGoesOn(LearnerSettings settings) throws IOException {
        Path whole = directory.resolve("whole");
        Path middle = directory.resolve("middle");
        Path resumed = directory.resolve("resumed");
        try (Learner learner = Learner.start(directory.resolve("start"), OPTIONS, settings)) {
            learn(learner, 0, 16);
            save(learner, middle);
            learn(learner, 16, 34);
            save(learner, whole);
        }
        try (Learner learner = Learner.resume(middle, middle.resolve("trainer"), OPTIONS, settings)) {
            learn(learner, 16, 34);
            save(learner, resumed);
        }
        assertThat(filesBelow(resumed)).isEqualTo(filesBelow(whole)).contains("config.json", "trainer/state.json");
        for (String file : filesBelow(whole)) {
            assertThat(Files.mismatch(whole.resolve(file), resumed.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
        assertThat(Files.mismatch(whole.resolve("model.safetensors"), middle.resolve("model.safetensors")))
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

    private static void save(Learner learner, Path target) throws IOException {
        Path trainer = Files.createDirectories(target.resolve("trainer"));
        try (LearnerSnapshot snapshot = learner.snapshot()) {
            snapshot.writeModel(target);
            snapshot.writeTrainer(trainer);
        }
    }
}
