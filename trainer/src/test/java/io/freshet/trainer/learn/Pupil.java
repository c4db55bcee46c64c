package io.freshet.trainer.learn;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings.Batches;
import io.freshet.trainer.learn.StrategyPlan.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A tiny real classifier of the labels a, b and c, without dropout, and the steps that a strategy takes on it. */
final class Pupil implements AutoCloseable {

    static final List<String> LABELS = List.of("a", "b", "c");
    static final ModelOptions OPTIONS = new ModelOptions(32, 17, 1);

    private final TrainableClassifier model;
    private final LearnerSettings settings;
    private final Classifying task;
    private long steps;

    private Pupil(TrainableClassifier model) {
        this.model = model;
        Schedule rate = Schedule.constant(1e-2, 0);
        this.settings = new LearnerSettings(
                Objective.CLASSIFICATION,
                5,
                new LearnerSettings.Optimizer(rate, rate, 0, 1, 0),
                LearnerSettings.Loss.PLAIN,
                Batches.plain(new CutLimits(100, 10_000)),
                10,
                new StrategyPlan(Strategy.NAIVE, new Replay(0, 1, 0)));
        this.task = new Classifying(model, settings, LearnerState.Judged.NOTHING);
        LABELS.forEach(label -> model.addLabel(label, 5));
    }

    static Path initialise(Path directory, long seed) throws IOException {
        Models.initialise(
                directory,
                new ModelShape(1, 16, 2, 32, 32, 0),
                WordPieces.bertBaseUncased().cut(List.of("say a number please", "zero one two three"), 6_000),
                seed);
        return directory;
    }

    static Pupil start(Path directory) throws IOException {
        return new Pupil(Models.openTrainable(initialise(directory, 3), OPTIONS));
    }

    Learnable example(String id, String word, String label) {
        TextInput input = TextInput.of("say " + word + " please");
        return new Learnable(id, input, label, 1, model.encode(input));
    }

    LearningStrategy.Step step() {
        steps++;
        return new OneStep(task, settings, steps, steps);
    }

    ModelView view() {
        return task;
    }

    /** Returns the log-softmax of each row. */
    double[][] logProbabilities(List<Learnable> examples) {
        return task.logits(examples).stream().map(Pupil::logSoftmax).toArray(double[][]::new);
    }

    static double[] logSoftmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = logits[i] - Math.log(sum);
        }
        return result;
    }

    @Override
    public void close() {
        model.close();
    }
}
