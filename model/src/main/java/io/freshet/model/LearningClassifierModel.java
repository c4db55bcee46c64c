package io.freshet.model;

import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.LabelledBatch;
import io.freshet.model.torch.TorchLearner;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** A model that learns, with the directory it came from as the pattern of what it saves. */
final class LearningClassifierModel extends TextClassifierModel implements TrainableClassifier {

    private final TorchLearner learner;
    private final List<WeightSpec> specs;
    private final double initializerRange;
    private final ModelWriter writer;
    private final Map<String, Integer> rows = new LinkedHashMap<>();

    LearningClassifierModel(TorchLearner learner, Tokenizer tokenizer, LoadedDirectory directory) {
        super(learner, tokenizer, directory);
        this.learner = learner;
        this.specs = directory.program().weights();
        this.initializerRange = directory.initializerRange();
        this.writer = directory.writer();
        directory.labels().forEach(label -> rows.put(label, rows.size()));
    }

    @Override
    public void addLabel(String label, long seed) {
        if (rows.containsKey(label)) {
            throw new IllegalArgumentException("label '%s' is known already".formatted(label));
        }
        int row = rows.size();
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).rowPerLabel()) {
                learner.append(i, FreshWeights.row(specs.get(i), row, initializerRange, seed));
            }
        }
        rows.put(label, row);
        setLabels(new ArrayList<>(rows.keySet()));
    }

    @Override
    public StepResult train(List<TrainingExample> batch, StepSettings settings) {
        return step(batch, settings, true);
    }

    StepResult step(List<TrainingExample> batch, StepSettings settings, boolean dropout) {
        return learner.step(microBatches(batch, settings), settings, dropout);
    }

    StepProfile profile(List<TrainingExample> batch, StepSettings settings, LongSupplier clock) {
        long begin = clock.getAsLong();
        return learner.profile(labelled(batch), settings, begin, clock);
    }

    /** Returns the gradient of each weight on a batch, without dropout and clipping; nothing changes. */
    List<HostTensor> gradients(List<TrainingExample> batch, StepSettings settings) {
        return learner.gradients(microBatches(batch, settings), settings);
    }

    private List<LabelledBatch> microBatches(List<TrainingExample> batch, StepSettings settings) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("a step needs at least one example");
        }
        settings.restraint().requireRows(rows.size());
        List<Integer> lengths =
                batch.stream().map(example -> example.input().length()).toList();
        return MicroBatches.ofStep(lengths, settings.tokenBudget()).stream()
                .map(places ->
                        labelled(Arrays.stream(places).mapToObj(batch::get).toList()))
                .toList();
    }

    private LabelledBatch labelled(List<TrainingExample> batch) {
        long[] labels = new long[batch.size()];
        float[] weights = new float[batch.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = row(batch.get(i));
            weights[i] = (float) batch.get(i).weight();
        }
        List<EncodedText> inputs = batch.stream().map(TrainingExample::input).toList();
        float[] guide = GuidePlanes.of(batch, labels, rows.size());
        return LabelledBatch.classes(Scoring.batch(tokens(inputs), padding()), labels, weights, guide);
    }

    private int row(TrainingExample example) {
        String label = example.label();
        Integer row = label == null ? null : rows.get(label);
        if (row == null) {
            throw new IllegalArgumentException("label '%s' is not known; add it first".formatted(label));
        }
        return row;
    }

    @Override
    public void hold() {
        learner.hold();
    }

    @Override
    public void consolidate(List<TrainingExample> sample, double keep) {
        if (!(keep >= 0 && keep <= 1)) {
            throw new IllegalArgumentException("keep %s is outside [0, 1]".formatted(keep));
        }
        if (sample.stream().allMatch(example -> example.weight() == 0)) {
            throw new IllegalArgumentException(
                    "a sample of %d examples without any weight tells no importance".formatted(sample.size()));
        }
        List<LabelledBatch> singles = sample.stream()
                .map(example -> new TrainingExample(example.input(), example.label(), example.weight()))
                .map(example -> labelled(List.of(example)))
                .toList();
        learner.consolidate(singles, keep);
    }

    @Override
    public List<Double> interference(List<TrainingExample> fresh, StepSettings settings, List<TrainingExample> kept) {
        List<EncodedText> inputs = kept.stream().map(TrainingExample::input).toList();
        List<Integer> own = kept.stream().map(this::row).toList();
        Optional<TorchModel> moved = learner.moved(microBatches(fresh, settings), settings);
        if (moved.isEmpty()) {
            return Collections.nCopies(kept.size(), 0.0);
        }
        float[][] before = logitRows(inputs);
        try (TorchModel after = moved.get()) {
            float[][] later = Scoring.rows(tokens(inputs), padding(), after::logits);
            return IntStream.range(0, kept.size())
                    .mapToObj(i -> entropy(later[i], own.get(i)) - entropy(before[i], own.get(i)))
                    .toList();
        }
    }

    private static double entropy(float[] logits, int row) {
        return -Scoring.logSoftmax(logits, 1)[row];
    }

    @Override
    public List<float[]> logits(List<EncodedText> inputs) {
        return rows.isEmpty() ? Collections.nCopies(inputs.size(), new float[0]) : Arrays.asList(logitRows(inputs));
    }

    @Override
    public Classifier averaged() {
        return new TextClassifierModel(this, learner.averaged());
    }

    @Override
    public ModelSnapshot snapshot() {
        return new CopiedModel(learner.copy(writer.writesTrainedAlone()), labels(), writer);
    }
}
