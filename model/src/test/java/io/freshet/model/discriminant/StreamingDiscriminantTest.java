package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingDiscriminantTest {

    private static final double PRIOR = 30;

    /** Rows are float32: 24 bits of numbers below 10, summed over 12 features. */
    private static final Offset<Double> FLOATS = Offset.offset(1e-4);

    @TempDir
    Path directory = Path.of("");

    private static StreamingDiscriminant learned(List<Seen> examples, int batch) {
        StreamingDiscriminant discriminant = new StreamingDiscriminant(Sample.WIDTH, PRIOR);
        learn(discriminant, examples, batch);
        return discriminant;
    }

    private static void learn(StreamingDiscriminant discriminant, List<Seen> examples, int batch) {
        for (int from = 0; from < examples.size(); from += batch) {
            discriminant.learn(examples.subList(from, Math.min(examples.size(), from + batch)));
        }
    }

    /** Learns examples so that the last of them makes the covariance be factored. */
    private static StreamingDiscriminant factored(List<Seen> examples) {
        StreamingDiscriminant discriminant = new StreamingDiscriminant(Sample.WIDTH, PRIOR);
        learn(discriminant, examples, 16);
        discriminant.fade(label -> 1);
        return discriminant;
    }

    private static double[] scores(Rows rows, List<String> labels, Features features) {
        double[] logits = rows.logits(features);
        double first = logits[rows.labels().indexOf(labels.get(0))];
        return labels.stream()
                .mapToDouble(label -> logits[rows.labels().indexOf(label)] - first)
                .toArray();
    }

    @Test
    void comesToWhatAllExamplesAtOnceGive() {
        List<Seen> examples = Sample.examples(300, 2);
        try (StreamingDiscriminant streaming = factored(examples)) {
            Rows rows = streaming.rows();
            List<String> labels = List.of("class-0", "class-1", "class-2");
            BatchDiscriminant batch = new BatchDiscriminant(examples, labels, PRIOR);
            for (Seen seen : Sample.examples(20, 3)) {
                double[] wanted = batch.scores(seen.features());
                assertThat(scores(rows, labels, seen.features())).containsExactly(wanted, FLOATS);
            }
        }
    }

    @Test
    void solvesItsSystemWithinAMillionth() {
        List<Seen> examples = Sample.examples(300, 2);
        List<String> labels = List.of("class-0", "class-1", "class-2");
        BatchDiscriminant batch = new BatchDiscriminant(examples, labels, PRIOR);
        try (StreamingDiscriminant streaming = factored(examples)) {
            double[][] exact = streaming.functions(List.of(0, 1, 2));
            for (Seen seen : Sample.examples(20, 3)) {
                double[] x = Sample.row(seen.features());
                double[] found = new double[3];
                for (int i = 0; i < 3; i++) {
                    int place = streaming.rows().labels().indexOf(labels.get(i));
                    found[i] = exact[place][Sample.WIDTH];
                    for (int j = 0; j < Sample.WIDTH; j++) {
                        found[i] += exact[place][j] * x[j];
                    }
                }
                double first = found[0];
                for (int i = 0; i < 3; i++) {
                    found[i] -= first;
                }
                assertThat(found).containsExactly(batch.scores(seen.features()), Offset.offset(1e-6));
            }
        }
    }

    @Test
    void forgetsNothingWhateverTheOrder() {
        List<Seen> examples = Sample.examples(300, 4);
        List<Seen> sorted = new ArrayList<>(examples);
        sorted.sort((a, b) -> a.label().compareTo(b.label()));
        List<Seen> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, new Random(5));
        List<String> labels = List.of("class-0", "class-1", "class-2");
        try (StreamingDiscriminant one = factored(sorted);
                StreamingDiscriminant other = factored(shuffled)) {
            for (Seen seen : Sample.examples(20, 3)) {
                assertThat(scores(one.rows(), labels, seen.features()))
                        .containsExactly(scores(other.rows(), labels, seen.features()), FLOATS);
            }
        }
    }

    @Test
    void knowsAClassAfterItsFirstExample() {
        List<Seen> examples = Sample.examples(200, 6);
        List<Seen> old = examples.stream()
                .filter(seen -> !seen.label().equals("class-2"))
                .toList();
        List<Seen> fresh =
                examples.stream().filter(seen -> seen.label().equals("class-2")).toList();
        try (StreamingDiscriminant discriminant = learned(old, 16)) {
            discriminant.learn(fresh.subList(0, 1));
            assertThat(discriminant.since())
                    .as("the covariance is not factored for it")
                    .isNotEmpty();
            double[] logits = discriminant.rows().logits(fresh.get(0).features());
            assertThat(logits[2]).isGreaterThan(Math.max(logits[0], logits[1]));
        }
    }

    @Test
    void doesNotAnswerAClassWhoseExamplesWereAllTakenBack() {
        List<Seen> examples = Sample.examples(40, 7);
        try (StreamingDiscriminant discriminant = learned(examples, 8)) {
            discriminant.learn(examples.stream()
                    .filter(seen -> seen.label().equals("class-1"))
                    .map(Seen::undone)
                    .toList());
            Rows rows = discriminant.rows();
            int gone = rows.labels().indexOf("class-1");
            double[] logits = rows.logits(examples.get(0).features());
            for (int place = 0; place < logits.length; place++) {
                assertThat(Double.isNaN(logits[place])).isEqualTo(place == gone);
            }
        }
    }

    @Test
    void factorsAgainWhenTheExamplesHaveGrownByAShare() {
        assertThat(StreamingDiscriminant.next(0)).isEqualTo(1);
        assertThat(StreamingDiscriminant.next(100)).isEqualTo(64);
        assertThat(StreamingDiscriminant.next(1_000)).isEqualTo(300);
        assertThat(StreamingDiscriminant.next(100_000)).isEqualTo(2_000);
    }

    @Test
    void goesOnFromItsFilesByteForByte() throws IOException {
        List<Seen> examples = new ArrayList<>(Sample.examples(400, 8));
        examples.add(300, examples.get(10).undone());
        Path middle = Files.createDirectory(directory.resolve("middle"));
        Path whole = Files.createDirectory(directory.resolve("whole"));
        Path resumed = Files.createDirectory(directory.resolve("resumed"));
        try (StreamingDiscriminant discriminant = learned(examples.subList(0, 231), 7)) {
            assertThat(discriminant.since())
                    .as("the files are not those of a fresh factor")
                    .isNotEmpty();
            StatisticsFile.write(middle, discriminant.factored(), discriminant.since());
            learn(discriminant, examples.subList(231, 401), 7);
            write(whole, discriminant);
        }
        try (StreamingDiscriminant discriminant = StatisticsFile.read(middle, PRIOR)) {
            learn(discriminant, examples.subList(231, 401), 7);
            write(resumed, discriminant);
        }
        for (String file : List.of("discriminant.base", "discriminant.since", "discriminant/head.safetensors")) {
            assertThat(Files.mismatch(whole.resolve(file), resumed.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    private static void write(Path target, StreamingDiscriminant discriminant) throws IOException {
        StatisticsFile.write(target, discriminant.factored(), discriminant.since());
        FeaturePlan plan = new FeaturePlan(FeaturePlan.Kind.LINEAR, Sample.DENSE, 99, Sample.WIDTH - Sample.DENSE, 0);
        HeadFile.write(
                target,
                new HeadFile.Content(
                        plan,
                        discriminant.rows(),
                        new LinearSoftmax(plan.width(), 1),
                        Blend.Weights.DISCRIMINANT_ALONE,
                        Blend.State.NEW));
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNotWhole() throws IOException {
        try (StreamingDiscriminant discriminant = learned(Sample.examples(40, 9), 8)) {
            StatisticsFile.write(directory, discriminant.factored(), discriminant.since());
        }
        Path base = directory.resolve("discriminant.base");
        byte[] bytes = Files.readAllBytes(base);
        Files.write(base, Arrays.copyOf(bytes, bytes.length - 8));
        assertThatThrownBy(() -> StatisticsFile.read(directory, PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is not whole");
    }
}
