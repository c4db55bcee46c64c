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
import io.freshet.trainer.learn.StrategyPlan.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two words are learned, then two others: what a tiny model still knows of the first two. */
@TestInstance(Lifecycle.PER_CLASS)
class ForgettingTest {

    private static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);
    private static final DiscriminantPlan SMALL =
            new DiscriminantPlan(10, 64, 64, 64, 20, DiscriminantPlan.USUAL.ensemble());
    private static final List<String> WORDS = List.of("zero", "one", "two", "three");

    private static final Numbers STRONG = new Numbers(
            new StrategyPlan.Derpp(0.5, 1),
            3,
            new StrategyPlan.Ewc(40, 20, 1e4, 1),
            new StrategyPlan.Lwf(40, 4, 2, ""),
            1,
            new StrategyPlan.Seq(40, 5));

    private final Path directory;
    private final double naive;

    ForgettingTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Models.initialise(
                directory.resolve("start"),
                new ModelShape(1, 16, 2, 32, 32, 0),
                WordPieces.bertBaseUncased().cut(List.of("say a number please", String.join(" ", WORDS)), 6_000),
                3);
        this.naive = lossOfOld(Strategy.NAIVE);
    }

    @ParameterizedTest
    @EnumSource(value = Strategy.class, mode = EnumSource.Mode.EXCLUDE, names = "NAIVE")
    void everyStrategyForgetsLessThanNone(Strategy strategy) {
        assertThat(naive).as("what naive learning costs").isGreaterThan(2);
        assertThat(lossOfOld(strategy)).isLessThan(0.9 * naive);
    }

    /** Returns the mean loss, in nats, of the two words that were learned first. */
    private final double lossOfOld(Strategy strategy) {
        Schedule rate = Schedule.constant(1e-2, 0);
        LearnerSettings settings = new LearnerSettings(
                Objective.CLASSIFICATION,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0, 1, 0),
                LearnerSettings.Loss.PLAIN,
                Batches.plain(new CutLimits(100, 10_000)),
                10,
                new StrategyPlan(strategy, strategy.parts(), new Replay(20, 1_000_000, 1), STRONG, SMALL));
        try (Learner learner = Learner.start(directory.resolve("start"), OPTIONS, settings)) {
            for (int i = 0; i < 80; i++) {
                learner.learn(cut(learner, i, i < 40 ? 0 : 2), 0);
            }
            List<Learnable> old = cut(learner, 100, 0);
            double sum = 0;
            for (int i = 0; i < old.size(); i++) {
                sum -= Math.log(learner.answers(old).get(i).probabilityOf(WORDS.get(i % 2)));
            }
            return sum / old.size();
        }
    }

    private static List<Learnable> cut(Learner learner, int number, int first) {
        List<Learnable> cut = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String word = WORDS.get(first + i % 2);
            TextInput input = TextInput.of(i < 2 ? "say " + word + " please" : "a number please " + word);
            cut.add(new Learnable(
                    number + "-" + i, input, word, 1, learner.model().encode(input)));
        }
        return cut;
    }
}
