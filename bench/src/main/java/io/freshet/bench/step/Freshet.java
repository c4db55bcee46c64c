package io.freshet.bench.step;

import io.freshet.model.Answer;
import io.freshet.model.EncodedText;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.Precision;
import io.freshet.model.StepProfile;
import io.freshet.model.StepSettings;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** This project's training step. */
final class Freshet implements Contestant {

    static final String NAME = "freshet";

    /** Steps of a run that are measured in parts, which computes the forward pass twice and so is not part of the total. */
    private static final int IN_PARTS = 8;

    private final TrainableClassifier model;
    private final Precision precision;
    private final Clock clock;
    private long step;

    /** Opens a model whose labels are all there. */
    Freshet(Path directory, ModelOptions options, Clock clock) {
        this.clock = clock;
        this.model = Models.openTrainable(directory, options);
        this.precision = options.precision();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public double loss(List<TrainingExample> batch) {
        List<EncodedText> inputs = batch.stream().map(TrainingExample::input).toList();
        List<Answer> answers = model.classify(inputs);
        return IntStream.range(0, batch.size())
                .mapToDouble(i -> -Math.log(answers.get(i)
                        .probabilityOf(Objects.requireNonNull(batch.get(i).label()))))
                .average()
                .orElseThrow();
    }

    @Override
    public StepSeconds run(List<List<TrainingExample>> batches) {
        long begin = clock.nanos();
        for (List<TrainingExample> batch : batches) {
            model.train(batch, next());
        }
        double total = seconds(clock.nanos() - begin);
        return parts(batches, total);
    }

    private StepSeconds parts(List<List<TrainingExample>> batches, double total) {
        int count = Math.min(IN_PARTS, batches.size());
        double data = 0;
        double forward = 0;
        double backward = 0;
        double optimizer = 0;
        for (int i = 0; i < count; i++) { // evenly spaced: short and long batches
            StepProfile parts =
                    StepProfile.measure(model, batches.get(i * batches.size() / count), next(), clock::nanos);
            data += seconds(parts.data());
            forward += seconds(parts.forward());
            backward += seconds(parts.backward());
            optimizer += seconds(parts.optimizer());
        }
        double scale = (double) batches.size() / count;
        return new StepSeconds(total, scale * data, scale * forward, scale * backward, scale * optimizer);
    }

    private StepSettings next() {
        return StepRules.settings(++step);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    @Override
    public void close() {
        model.close();
    }
}
