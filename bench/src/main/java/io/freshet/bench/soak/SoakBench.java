package io.freshet.bench.soak;

import io.freshet.bench.input.LabelledText;
import io.freshet.bench.input.SyntheticTexts;
import io.freshet.bench.machine.Machine;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.StepSettings;
import io.freshet.model.TextInput;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import io.freshet.model.text.WordPieces;
import io.freshet.model.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** Trains for long on batches of ever other sizes and watches the memory of the process. */
public final class SoakBench {

    private static final long SEED = 17;
    private static final int TEXTS = 4_096;
    private static final int LARGEST_BATCH = 16;
    private static final int PIECES = 8_000;
    private static final ModelShape SHAPE = new ModelShape(2, 128, 2, 512, 128, 0.1);

    /** How often a copy is made and closed, as the trainer does for a checkpoint, and the model answers. */
    private static final int CHECKPOINT = 100;

    private final SoakRequest request;
    private final Path scratch;
    private final Consumer<String> out;

    /**
     * @param scratch an empty directory for the model
     * @param out where lines for people go
     */
    public SoakBench(SoakRequest request, Path scratch, Consumer<String> out) {
        this.request = request;
        this.scratch = scratch;
        this.out = out;
    }

    /** Trains and watches. */
    public SoakReport run() throws IOException {
        Machine machine = Machine.here();
        ModelOptions options = new ModelOptions(SHAPE.maxPositions(), SEED, request.threads());
        List<LabelledText> texts = SyntheticTexts.of(SyntheticTexts.words(), TEXTS, SEED);
        long begin = System.nanoTime();
        MemoryCurve curve;
        try (TrainableClassifier model = Models.openTrainable(directory(), options)) {
            texts.stream()
                    .map(LabelledText::label)
                    .distinct()
                    .filter(label -> !model.labels().contains(label))
                    .forEach(label -> model.addLabel(label, SEED));
            curve = new MemoryCurve(train(model, texts));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new SoakReport(
                machine,
                Torch.version(),
                request.model() == null
                        ? "2 x 128, random weights"
                        : request.model().toString(),
                Torch.threads(),
                request.steps(),
                Runtime.getRuntime().maxMemory() / (1024.0 * 1024),
                seconds,
                curve.variation(),
                curve.rise(),
                curve.rise(MemorySample::nativeRest),
                curve.flat(),
                curve.samples());
    }

    private List<MemorySample> train(TrainableClassifier model, List<LabelledText> texts) throws IOException {
        MemoryProbe probe = new MemoryProbe();
        Random random = new Random(SEED);
        List<MemorySample> samples = new ArrayList<>();
        for (long step = 1; step <= request.steps(); step++) {
            List<TrainingExample> batch = batch(model, texts, random);
            model.train(batch, new StepSettings(step, SEED, 1e-4, 1e-4, 0.01, false, 1));
            if (step % CHECKPOINT == 0) {
                model.snapshot().close();
                model.classify(batch.stream().map(TrainingExample::input).toList());
            }
            if (step * request.samples() / request.steps() > samples.size()) {
                samples.add(probe.sample(step));
                show(samples);
            }
        }
        return samples;
    }

    /** Between 1 and 16 examples; now and then their texts are several in one, so that lengths go up to the model's limit. */
    private static List<TrainingExample> batch(TrainableClassifier model, List<LabelledText> texts, Random random) {
        int size = 1 + random.nextInt(LARGEST_BATCH);
        int joined = random.nextInt(8) == 0 ? 1 + random.nextInt(12) : 1;
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            StringBuilder text = new StringBuilder();
            LabelledText last = texts.get(random.nextInt(texts.size()));
            for (int part = 0; part < joined; part++) {
                text.append(last.text()).append(' ');
                last = texts.get(random.nextInt(texts.size()));
            }
            batch.add(new TrainingExample(model.encode(TextInput.of(text.toString())), last.label(), 1));
        }
        return batch;
    }

    private void show(List<MemorySample> samples) {
        if (samples.size() % Math.max(1, request.samples() / 20) == 0) {
            MemorySample sample = samples.get(samples.size() - 1);
            out.accept(String.format(
                    Locale.ROOT,
                    "%,9d steps: %4.0f MiB resident: libraries %.0f, heap %.0f, other of the JVM %.0f, the rest %.0f",
                    sample.step(),
                    sample.resident(),
                    sample.files(),
                    sample.heap(),
                    sample.otherJvm(),
                    sample.nativeRest()));
        }
    }

    private Path directory() throws IOException {
        if (request.model() != null) {
            return request.model();
        }
        Path made = scratch.resolve("model");
        Models.initialise(made, SHAPE, WordPieces.bertBaseUncased().cut(SyntheticTexts.words(), PIECES), SEED);
        return made;
    }
}
