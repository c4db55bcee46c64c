package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LinearSoftmaxTest {

    private static final Features X = new Features(new float[] {1}, new int[] {2}, new float[] {2});

    @Test
    void oneStepIsAdaGradsWorkedOutByHand() {
        LinearSoftmax linear = new LinearSoftmax(3, 0.1);
        linear.learn(X, "a", 1); // one label: its probability is 1, so that nothing changes
        linear.learn(X, "b", 1);
        // both weights were 0: p = 1/2 each, slopes 1/2 and -1/2 times x / sqrt(2); the step is rate * slope / |slope|
        assertThat(linear.labels()).containsExactly("a", "b");
        float[] weights = linear.weights();
        Offset<Float> floats = Offset.offset(1e-6f);
        assertThat(weights[0]).isCloseTo(-0.1f, floats);
        assertThat(weights[1]).isCloseTo(0.1f, floats);
        assertThat(weights[2]).as("a feature that is 0").isZero();
        assertThat(weights[4]).isCloseTo(-0.1f, floats);
        assertThat(weights[5]).isCloseTo(0.1f, floats);
        assertThat(linear.squares()[0]).isCloseTo(0.125f, floats); // (1/2 * 1/sqrt(2))^2
        assertThat(linear.squares()[4]).isCloseTo(0.5f, floats); // (1/2 * 2/sqrt(2))^2
    }

    @Test
    void itsProbabilitiesSumToOne() {
        LinearSoftmax linear = learned(Sample.examples(50, 1), 0.5);
        double sum = 0;
        for (double log : linear.logs(Sample.examples(1, 2).get(0).features())) {
            sum += Math.exp(log);
        }
        assertThat(sum).isCloseTo(1, Offset.offset(1e-9));
    }

    private static LinearSoftmax learned(List<Seen> examples, double rate) {
        LinearSoftmax linear = new LinearSoftmax(Sample.WIDTH, rate);
        examples.forEach(seen -> linear.learn(seen.features(), seen.label(), seen.weight()));
        return linear;
    }

    @Test
    void learnsToTellClassesApart() {
        LinearSoftmax linear = learned(Sample.examples(400, 3), 0.5);
        int right = 0;
        List<Seen> fresh = Sample.examples(200, 4);
        for (Seen seen : fresh) {
            double[] logs = linear.logs(seen.features());
            int place = linear.labels().indexOf(seen.label());
            boolean best = true;
            for (double log : logs) {
                best &= log <= logs[place];
            }
            right += best ? 1 : 0;
        }
        assertThat(right).isGreaterThan(180); // guessing gives 67
    }

    @Test
    void goesOnFromItsWeightsAndSquaresBitForBit() {
        List<Seen> examples = Sample.examples(100, 5);
        LinearSoftmax whole = learned(examples.subList(0, 50), 0.5);
        LinearSoftmax resumed =
                new LinearSoftmax(Sample.WIDTH, 0.5, List.copyOf(whole.labels()), whole.weights(), whole.squares());
        for (Seen seen : examples.subList(50, 100)) {
            whole.learn(seen.features(), seen.label(), 1);
            resumed.learn(seen.features(), seen.label(), 1);
        }
        assertThat(resumed.weights()).containsExactly(whole.weights());
        assertThat(resumed.squares()).containsExactly(whole.squares());
    }

    @Test
    void keepsWhatItKnowsWhenThereAreMoreLabelsThanRoom() {
        LinearSoftmax linear = new LinearSoftmax(3, 0.1);
        linear.learn(X, "0", 1);
        linear.learn(X, "1", 1);
        float before = linear.weights()[1];
        for (int i = 2; i < 40; i++) {
            linear.learn(new Features(new float[] {0}, new int[] {1}, new float[] {1}), "" + i, 1);
        }
        assertThat(linear.labels()).hasSize(40);
        assertThat(linear.weights()[1]).as("feature 0 was 0 since").isEqualTo(before);
    }

    @Test
    void anExampleOfNoWeightTeachesNothingAndACopyStaysAsItWas() {
        LinearSoftmax linear = learned(Sample.examples(20, 6), 0.5);
        LinearSoftmax copy = linear.copy();
        Seen more = Sample.examples(1, 7).get(0);
        linear.learn(more.features(), more.label(), 0);
        assertThat(linear.weights()).containsExactly(copy.weights());
        linear.learn(more.features(), more.label(), 1);
        assertThat(linear.weights()).isNotEqualTo(copy.weights());
    }

    @Test
    void whatIsServedAnswersSeveralThreadsAtOnce() throws Exception {
        LinearSoftmax linear = learned(Sample.examples(100, 8), 0.5);
        List<Seen> asked = Sample.examples(4, 9);
        List<double[]> wanted =
                asked.stream().map(seen -> linear.copy().logs(seen.features())).toList();
        ExecutorService threads = Executors.newFixedThreadPool(asked.size());
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Features features = asked.get(i).features();
                double[] right = wanted.get(i);
                wrong.add(threads.submit(() -> {
                    int count = 0;
                    for (int round = 0; round < 50_000; round++) {
                        count += Arrays.equals(linear.logs(features), right) ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> each : wrong) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        assertThatThrownBy(() -> new LinearSoftmax(3, 1, List.of("a"), new float[2], new float[3]))
                .hasMessageContaining("3 features and 1 labels need 3");
        assertThatThrownBy(() -> new LinearSoftmax(3, 0)).hasMessageContaining("not a positive number");
    }
}
