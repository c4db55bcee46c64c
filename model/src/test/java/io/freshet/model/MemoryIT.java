package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryIT {

    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    private Path temp;

    /**
     * A step that forgets one native value keeps the gradients of the model: 0.5 MB and more a step, here over 1 GB. The
     * heap and the allocator of libc also grow for a while: what is measured begins after both have.
     */
    @Test
    void trainingScoringAndCopyingLeaveNoNativeMemoryBehind() throws IOException {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
        Path directory = temp.resolve("fresh");
        Models.initialise(
                directory,
                new ModelShape(2, 64, 2, 128, 128, 0.1),
                WordPieces.bertBaseUncased().cut(TinyModels.TEXTS, 4000),
                5);
        measure(directory, ModelOptions.DEFAULTS, UnaryOperator.identity());
    }

    /** The adapters of all matrices, forgotten, would be 0.5 MB a step too. */
    @Test
    void adaptersAveragesAndMicroBatchesLeaveNoNativeMemoryBehind() throws IOException {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
        Path directory = temp.resolve("fresh");
        Models.initialise(
                directory,
                new ModelShape(2, 64, 2, 128, 128, 0.1),
                WordPieces.bertBaseUncased().cut(TinyModels.TEXTS, 4000),
                5);
        measure(
                directory,
                ModelOptions.DEFAULTS.withTuning(
                        new Tuning.Lora(32, 32, 0.1, List.of("query", "key", "value", "dense"))),
                settings -> settings.withAverageDecay(0.9).withTokenBudget(150).withLabelSmoothing(0.1));
    }

    /** Held weights and importances forgotten would be 1 MB a time, the weights of a step that is not taken 0.5 MB. */
    @Test
    void guidesPullsFrozenPartsAndStepsNotTakenLeaveNoNativeMemoryBehind() throws IOException {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
        Path directory = temp.resolve("fresh");
        Models.initialise(
                directory,
                new ModelShape(2, 64, 2, 128, 128, 0.1),
                WordPieces.bertBaseUncased().cut(TinyModels.TEXTS, 4000),
                5);
        measure(
                directory,
                ModelOptions.DEFAULTS,
                settings -> settings.withTokenBudget(150)
                        .withPull(0.1)
                        .withFrozenRows((int) settings.step() % 3)
                        .withFrozenBody(settings.step() % 4 == 0),
                MemoryIT::remember);
    }

    private static void remember(TrainableClassifier model, List<TrainingExample> batch, StepSettings settings) {
        List<TrainingExample> guided = batch.stream()
                .map(example -> new TrainingExample(
                        example.input(), example.label(), 1, Guide.recall(new float[] {0.1f, 0.2f}, 0.5)))
                .toList();
        model.train(guided, settings);
        if (settings.step() % 5 == 0) {
            model.interference(batch, settings, guided);
            model.consolidate(batch.subList(0, 1), 0.9);
        }
        if (settings.step() % 50 == 0) {
            model.hold();
        }
    }

    /** What is done with a batch, beside scoring and copying. */
    @FunctionalInterface
    private interface Learning {
        void learn(TrainableClassifier model, List<TrainingExample> batch, StepSettings settings);
    }

    private static void measure(Path directory, ModelOptions options, UnaryOperator<StepSettings> settings)
            throws IOException {
        measure(directory, options, settings, TrainableClassifier::train);
    }

    private static void measure(
            Path directory, ModelOptions options, UnaryOperator<StepSettings> settings, Learning learning)
            throws IOException {
        try (TrainableClassifier model = Models.openTrainable(directory, options)) {
            TinyModels.addLabels(model);
            run(model, settings, learning, 1, 400);
            long before = residentMegabytes();
            run(model, settings, learning, 401, 1600);
            long after = residentMegabytes();
            System.out.printf("resident memory: %d MB after 400 steps, %d MB after 1600%n", before, after);
            assertThat(after - before).isLessThan(120);
        }
    }

    private static void run(
            TrainableClassifier model, UnaryOperator<StepSettings> settings, Learning learning, int from, int to) {
        for (int step = from; step <= to; step++) {
            List<TrainingExample> batch = batch(model, step);
            learning.learn(model, batch, settings.apply(TinyModels.settings(step)));
            if (step % 5 == 0) {
                List<EncodedText> texts =
                        batch.stream().map(TrainingExample::input).toList();
                model.classify(texts);
                model.averaged().classify(texts);
                model.snapshot().close();
            }
        }
    }

    /** Between 1 and 8 texts of up to 80 words. */
    private static List<TrainingExample> batch(TrainableClassifier model, int seed) {
        Random random = new Random(seed);
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            String text = (TinyModels.TEXTS.get(random.nextInt(TinyModels.TEXTS.size())) + " ")
                    .repeat(1 + random.nextInt(10));
            batch.add(new TrainingExample(model.encode(TextInput.of(text)), "l" + random.nextInt(3), 1));
        }
        return batch;
    }

    private static long residentMegabytes() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
