package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamMixtureTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "d");
    private static final int DISCRIMINANT = 1;
    private static final int LINEAR = 2;
    private static final int FREQUENCIES = 3;

    @TempDir
    Path directory = Path.of("");

    /** Lets a label come while the heads know nothing, so that the answer is what the frequencies are worth. */
    private static void feed(StreamMixture mixture, String label) {
        feed(mixture, label, new double[3][LABELS.size()]);
    }

    private static void feed(StreamMixture mixture, String label, double[][] heads) {
        mixture.learn(mixture.mix(LABELS, heads), LABELS.indexOf(label));
        mixture.count(label);
    }

    @Test
    void frequenciesFadeByTwoPercentAnExample() {
        StreamMixture mixture = new StreamMixture(true, StreamMixture.State.NEW);
        mixture.count("a");
        mixture.count("b");
        double[] logs = mixture.logs(LABELS);
        // .98 of a, 1 of b, of 1.98; each label has .1 / 4 more
        assertThat(logs[0]).isCloseTo(Math.log(0.98 / 1.98 + 0.025), Offset.offset(1e-12));
        assertThat(logs[1]).isCloseTo(Math.log(1 / 1.98 + 0.025), Offset.offset(1e-12));
        assertThat(logs[2]).isCloseTo(Math.log(0.025), Offset.offset(1e-12));
    }

    @Test
    void aStreamThatComesLabelByLabelMakesFrequenciesStrongAndAShuffledOneWeak() {
        StreamMixture sorted = new StreamMixture(true, StreamMixture.State.NEW);
        StreamMixture shuffled = new StreamMixture(true, StreamMixture.State.NEW);
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            feed(sorted, LABELS.get(i / 500));
            feed(shuffled, LABELS.get(random.nextInt(LABELS.size())));
        }
        assertThat(sorted.state().worth().get(FREQUENCIES)).isGreaterThan(0.8).isLessThanOrEqualTo(2);
        assertThat(shuffled.state().worth().get(FREQUENCIES)).isLessThan(0.3);
    }

    @Test
    void aHeadThatIsRightGainsOverOneThatIsWrong() {
        StreamMixture mixture = new StreamMixture(true, StreamMixture.State.NEW);
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            int right = random.nextInt(LABELS.size());
            double[][] heads = new double[3][LABELS.size()];
            heads[LINEAR][right] = 2;
            heads[DISCRIMINANT][(right + 1) % LABELS.size()] = 2;
            feed(mixture, LABELS.get(right), heads);
        }
        assertThat(mixture.state().worth().get(LINEAR)).isGreaterThan(1.5);
        assertThat(mixture.state().worth().get(DISCRIMINANT)).isLessThan(0.1);
    }

    @Test
    void answersByTheSumOfWhatEachIsWorth() {
        StreamMixture.State state =
                new StreamMixture.State(Map.of(), List.of(1.0, 0.5, 2.0, 0.0), List.of(1.0, 1.0, 1.0, 1.0));
        StreamMixture mixture = new StreamMixture(true, state);
        double[][] heads = {{1, 0, 0, 0}, {0, 4, 0, 0}, {0, 0, 0.5, 0}};
        float[] shares = mixture.mix(LABELS, heads).probabilities();
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(1) + 1; // logits 1, 2, 1, 0
        assertThat(shares[0]).isCloseTo((float) (Math.exp(1) / sum), Offset.offset(1e-6f));
        assertThat(shares[1]).isCloseTo((float) (Math.exp(2) / sum), Offset.offset(1e-6f));
        assertThat(shares[2]).isCloseTo((float) (Math.exp(1) / sum), Offset.offset(1e-6f));
    }

    @Test
    void countsNothingWhereItIsOff() {
        StreamMixture off = new StreamMixture(false, StreamMixture.State.NEW);
        off.count("a");
        assertThat(off.on()).isFalse();
        assertThat(off.state()).isEqualTo(StreamMixture.State.NEW);
    }

    @Test
    void goesOnFromItsFile() throws IOException {
        StreamMixture mixture = new StreamMixture(true, StreamMixture.State.NEW);
        for (int i = 0; i < 30; i++) {
            feed(mixture, LABELS.get(i * i % 4));
        }
        mixture.state().write(directory);
        StreamMixture restored = new StreamMixture(true, StreamMixture.State.read(directory));
        for (int i = 0; i < 10; i++) {
            feed(mixture, LABELS.get(i % 3));
            feed(restored, LABELS.get(i % 3));
        }
        assertThat(restored.state()).isEqualTo(mixture.state());
        assertThat(restored.logs(LABELS)).containsExactly(mixture.logs(LABELS));
    }
}
