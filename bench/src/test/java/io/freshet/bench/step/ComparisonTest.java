package io.freshet.bench.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.bench.batch.Batches;
import io.freshet.bench.figures.Ratio;
import io.freshet.model.EncodedText;
import io.freshet.model.Precision;
import io.freshet.model.TrainingExample;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Subject SUBJECT = Subject.of("tiny");
    private static final Examples EXAMPLES =
            new Examples(Collections.nCopies(4, new TrainingExample(new Ten(), "a", 1)), List.of("a"), 0);

    @Test
    void dividesStepsByStepsAndTokensByTokens() throws IOException {
        Batches arrival = Batches.inOrder(EXAMPLES.lengths(), 2);
        Batches sorted = Batches.sorted(EXAMPLES.lengths(), 2, 2);
        List<Track> tracks = List.of(
                track(Freshet.NAME, 2, sorted),
                track(Freshet.NAME, 3, arrival),
                track(PyTorch.NAME, 4, sorted),
                track(PyTorch.NAME, 5, arrival));
        List<Ratio> ratios = new Comparison(SUBJECT, tracks).ratios();
        assertThat(median(ratios, "fp32 whole step by PyTorch's, equal batches"))
                .isEqualTo(2.0); // 4 s by 2 s
        assertThat(median(ratios, "fp32 whole step by PyTorch's, arrival order"))
                .isCloseTo(5.0 / 3, within(1e-12)); // quotients of quotients
        // all texts are equally long, so that both ways make the same tokens
        assertThat(median(ratios, "fp32 real tokens/s, sorted windows by arrival order"))
                .isEqualTo(1.5);
        assertThat(median(ratios, "fp32 real tokens/s, sorted windows by PyTorch's arrival order"))
                .isEqualTo(2.5);
        assertThat(ratios).filteredOn(ratio -> ratio.name().contains("bf16")).isEmpty();
    }

    @Test
    void comparesNothingWithWhatDidNotRun() throws IOException {
        Batches sorted = Batches.sorted(EXAMPLES.lengths(), 2, 2);
        Comparison comparison = new Comparison(SUBJECT, List.of(track(Freshet.NAME, 2, sorted)));
        assertThat(comparison.ratios()).isEmpty();
        StepReport.Figures figures = comparison.figures().get(0);
        assertThat(figures.stepsPerRound()).isEqualTo(2);
        assertThat(figures.examplesPerSecond().median()).isEqualTo(2); // 4 examples in 2 s
        assertThat(figures.tokensPerSecond().median()).isEqualTo(20);
        assertThat(figures.stepMilliseconds().whole()).isEqualTo(1000);
    }

    private static double median(List<Ratio> ratios, String name) {
        return ratios.stream()
                .filter(ratio -> ratio.name().equals("tiny " + name))
                .findFirst()
                .orElseThrow()
                .median();
    }

    private static Track track(String name, double seconds, Batches batches) throws IOException {
        Track track = new Track(new Timed(name, seconds), EXAMPLES, batches, 10);
        for (int round = 0; round < 3; round++) {
            track.run(round);
        }
        return track;
    }

    /** A text of ten tokens. */
    private record Ten() implements EncodedText {
        @Override
        public int length() {
            return 10;
        }
    }

    /** Takes the same time for every run. */
    private record Timed(String name, double seconds) implements Contestant {
        @Override
        public Precision precision() {
            return Precision.FP32;
        }

        @Override
        public double loss(List<TrainingExample> batch) {
            return 0;
        }

        @Override
        public StepSeconds run(List<List<TrainingExample>> batches) {
            return new StepSeconds(seconds, seconds / 4, seconds / 4, seconds / 4, seconds / 4);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
