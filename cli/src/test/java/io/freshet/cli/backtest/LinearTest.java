package io.freshet.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.trainer.OfflinePass.Labelled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearTest {

    @Test
    void takesTheStepOfAdaGrad() {
        LinearModel model = new LinearModel(8, 0.5);
        int[] features = {1, 2, 3, 5}; // each has the value 1 / sqrt(4)
        model.learn(features, "a");
        model.learn(features, "b");
        // One label alone has probability 1: nothing is learned. Then p = (1/2, 1/2), so the gradients of each feature
        // are
        // (1/2, -1/2) x 1/2, which AdaGrad's first step makes (1, -1): weights (-0.5, 0.5), logits (-1, 1).
        float[] probabilities = model.probabilities(features);
        assertThat(probabilities[1]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-5f));
        // The second step: p(b) = 0.8808, gradients -/+ 0.0596 for a further b, sums of squares 0.0625 + 0.00355.
        model.learn(features, "b");
        double gradient = (1 - 1 / (1 + Math.exp(-2))) / 2;
        double weight = 0.5 + 0.5 * gradient / Math.sqrt(0.0625 + gradient * gradient);
        assertThat(model.probabilities(features)[1])
                .isCloseTo((float) (1 / (1 + Math.exp(-4 * weight))), within(1e-5f));
    }

    @Test
    void seesWordsAndPairsOfNeighbours() {
        HashedWords words = new HashedWords(18);
        assertThat(words.of("Book a flight, please!")).hasSize(1 + 4 + 3);
        assertThat(words.of("book A FLIGHT please")).isEqualTo(words.of("Book a flight, please!"));
        assertThat(words.of("")).hasSize(1);
        assertThat(words.of("flight a book")).isNotEqualTo(words.of("book a flight"));
    }

    @Test
    void predictsBeforeItLearns() {
        Linear linear = new Linear(LinearSettings.from(Map.of(), false));
        List<Labelled> two = List.of(new Labelled("red wine", "wine"), new Labelled("dark beer", "beer"));
        assertThat(linear.learn(two)).isZero();
        assertThat(linear.learn(two))
                .isEqualTo(1); // a single label has nothing to be told from: no word is learned yet
        assertThat(linear.learn(two)).isEqualTo(2);
        assertThat(linear.memoryBytes()).isZero();
    }

    @Test
    void keepsNoMoreThanItsMemoryHolds() {
        Linear linear = new Linear(LinearSettings.from(Map.of("replay.size", "5", "replay.ratio", "2"), true));
        for (int i = 0; i < 100; i++) {
            linear.learn(List.of(new Labelled("text-" + i % 10, "label-" + i % 10)));
        }
        // five texts of 6 and five labels of 7 bytes
        assertThat(linear.memoryBytes()).isEqualTo(5 * 13);
    }

    @Test
    void forgetsLessWithAMemory() {
        assertThat(afterTwoTasks(true)).isGreaterThan(afterTwoTasks(false));
    }

    /** Returns how many of a first task's texts are answered rightly after a second one that uses the same words. */
    private static long afterTwoTasks(boolean replay) {
        Linear linear = new Linear(LinearSettings.from(Map.of(), replay));
        List<Labelled> first =
                List.of(new Labelled("play some music now", "play"), new Labelled("stop the music now", "stop"));
        for (int i = 0; i < 10; i++) {
            linear.learn(first);
        }
        for (int i = 0; i < 200; i++) {
            linear.learn(List.of(
                    new Labelled("play the next some music song now", "next"),
                    new Labelled("stop the alarm music some now", "alarm")));
        }
        return first.stream()
                .filter(text ->
                        text.label().equals(linear.replies(List.of(text)).get(0).label()))
                .count();
    }
}
