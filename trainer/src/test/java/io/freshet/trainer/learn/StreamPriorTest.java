package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamPriorTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    @TempDir
    Path directory = Path.of("");

    /** Lets labels come while the heads know nothing, so that the answer is what the frequencies are worth. */
    private static void feed(StreamPrior prior, String label) {
        double[] logs = prior.logs(LABELS);
        double[] worth = prior.worth(logs);
        double sum = 0;
        float[] answer = new float[worth.length];
        for (double each : worth) {
            sum += Math.exp(each);
        }
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (float) (Math.exp(worth[i]) / sum);
        }
        prior.weigh(logs, answer, LABELS.indexOf(label));
        prior.count(label);
    }

    @Test
    void frequenciesFadeByTwoPercentAnExample() {
        StreamPrior prior = new StreamPrior(true, StreamPrior.State.NEW);
        prior.count("a");
        prior.count("b");
        double[] logs = prior.logs(LABELS);
        // .98 of a, 1 of b, of 1.98; each label has .1 / 4 more
        assertThat(logs[0]).isCloseTo(Math.log(0.98 / 1.98 + 0.025), Offset.offset(1e-12));
        assertThat(logs[1]).isCloseTo(Math.log(1 / 1.98 + 0.025), Offset.offset(1e-12));
        assertThat(logs[2]).isCloseTo(Math.log(0.025), Offset.offset(1e-12));
    }

    @Test
    void aStreamThatComesLabelByLabelMakesItStrongAndAShuffledOneWeak() {
        StreamPrior sorted = new StreamPrior(true, StreamPrior.State.NEW);
        StreamPrior shuffled = new StreamPrior(true, StreamPrior.State.NEW);
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            feed(sorted, LABELS.get(i / 500));
            feed(shuffled, LABELS.get(random.nextInt(LABELS.size())));
        }
        assertThat(sorted.state().strength()).isGreaterThan(0.8).isLessThanOrEqualTo(2);
        assertThat(shuffled.state().strength()).isLessThan(0.3);
    }

    @Test
    void saysNothingWhereItIsOff() {
        StreamPrior off = new StreamPrior(false, StreamPrior.State.NEW);
        feed(off, "a");
        assertThat(off.logs(LABELS)).isEmpty();
        assertThat(off.worth(off.logs(LABELS))).isEmpty();
        assertThat(off.state()).isEqualTo(StreamPrior.State.NEW);
    }

    @Test
    void goesOnFromItsFile() throws IOException {
        StreamPrior prior = new StreamPrior(true, StreamPrior.State.NEW);
        for (int i = 0; i < 30; i++) {
            feed(prior, LABELS.get(i * i % 4));
        }
        prior.state().write(directory);
        StreamPrior restored = new StreamPrior(true, StreamPrior.State.read(directory));
        for (int i = 0; i < 10; i++) {
            feed(prior, LABELS.get(i % 3));
            feed(restored, LABELS.get(i % 3));
        }
        assertThat(restored.state()).isEqualTo(prior.state());
        assertThat(restored.logs(LABELS)).containsExactly(prior.logs(LABELS));
    }
}
