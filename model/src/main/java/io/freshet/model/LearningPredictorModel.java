package io.freshet.model;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.LabelledBatch;
import io.freshet.model.torch.Seeds;
import io.freshet.model.torch.TorchLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A language model that learns, with the directory it came from as the pattern of what it saves. */
final class LearningPredictorModel extends TextPredictorModel implements TrainableLanguageModel {

    private final TorchLearner learner;
    private final ModelWriter writer;

    LearningPredictorModel(TorchLearner learner, Tokenizer tokenizer, LoadedDirectory directory) {
        super(learner, tokenizer, directory);
        this.learner = learner;
        this.writer = directory.writer();
    }

    @Override
    public StepResult train(List<TrainingExample> batch, StepSettings settings) {
        if (settings.restraint().freezes()) {
            throw new IllegalArgumentException("a language model has no head of labels; it cannot be frozen in part");
        }
        List<Prediction> predictions = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        long seed = Seeds.mix(settings.seed(), settings.step());
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).guide() != null) {
                throw new IllegalArgumentException("an example of a language model has a guide; only classifiers have");
            }
            Prediction prediction = prediction(batch.get(i).input(), Seeds.mix(seed, i));
            if (prediction.count() > 0) {
                predictions.add(prediction);
                weights.add((float) batch.get(i).weight());
            }
        }
        if (predictions.isEmpty()) { // texts of special tokens alone
            return new StepResult(0, 0, 0);
        }
        List<Integer> lengths =
                predictions.stream().map(prediction -> prediction.ids().length).toList();
        List<LabelledBatch> parts = MicroBatches.ofStep(lengths, settings.tokenBudget()).stream()
                .map(places -> part(places, predictions, weights))
                .toList();
        return learner.step(parts, settings, true);
    }

    private LabelledBatch part(int[] places, List<Prediction> predictions, List<Float> weights) {
        float[] each = new float[places.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = weights.get(places[i]);
        }
        return labelled(Arrays.stream(places).mapToObj(predictions::get).toList(), each);
    }

    StepResult step(LabelledBatch batch, StepSettings settings, boolean dropout) {
        return learner.step(List.of(batch), settings, dropout);
    }

    /** Returns the gradient of each weight on a batch, without dropout and clipping; nothing changes. */
    List<HostTensor> gradients(LabelledBatch batch, StepSettings settings) {
        return learner.gradients(List.of(batch), settings);
    }

    @Override
    public LanguageModel averaged() {
        return new TextPredictorModel(this, learner.averaged());
    }

    @Override
    public ModelSnapshot snapshot() {
        return new CopiedModel(learner.copy(writer.writesTrainedAlone()), List.of(), writer);
    }
}
