package io.freshet.model;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.text.TokenIds;
import io.freshet.model.torch.LabelledBatch;
import io.freshet.model.torch.OptimizerState;
import io.freshet.model.torch.TokenBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model under comparison, with the one batch that it is compared on; dropout is off. */
sealed interface ParitySubject extends AutoCloseable {

    /** Opens a directory's model for the objective that its configuration names. */
    static ParitySubject open(Path directory, Expected expected) {
        ModelOptions options = new ModelOptions(expected.width(), 0, 0);
        Objective objective = Models.objective(directory);
        return objective.isLanguageModel()
                ? new OfTokens(Models.predictor(directory, objective, options, OptimizerState.FRESH), expected)
                : new OfTexts(Models.learner(directory, options, OptimizerState.FRESH), expected);
    }

    /** Returns the ids that the tokenizer gives, padded, one text after the other. */
    long[] ids();

    /** Returns the logits of all texts, one row a text. */
    float[][] logits();

    List<HostTensor> gradients(StepSettings settings);

    /** Takes a step and returns the loss before it. */
    double step(StepSettings settings);

    @Override
    void close();

    private static List<TokenIds> encoded(LoadedTextModel model, Expected expected) {
        return expected.texts().stream()
                .map(text -> LoadedTextModel.tokens(model.encode(TextInput.of(text))))
                .toList();
    }

    /** A classifier: a label a text. */
    final class OfTexts implements ParitySubject {

        private final LearningClassifierModel model;
        private final TokenBatch texts;
        private final List<TrainingExample> batch = new ArrayList<>();

        OfTexts(LearningClassifierModel model, Expected expected) {
            this.model = model;
            List<TokenIds> encoded = encoded(model, expected);
            texts = Scoring.batch(encoded, model.padding().exact());
            for (int i = 0; i < encoded.size(); i++) {
                String label = model.labels().get((int) expected.labels()[i]);
                batch.add(new TrainingExample(encoded.get(i), label, 1));
            }
        }

        @Override
        public long[] ids() {
            return texts.ids();
        }

        @Override
        public float[][] logits() {
            return model.model().logits(texts);
        }

        @Override
        public List<HostTensor> gradients(StepSettings settings) {
            return model.gradients(batch, settings);
        }

        @Override
        public double step(StepSettings settings) {
            return model.step(batch, settings, false).loss();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** A language model: something to predict at some places of the texts, which the expectations give. */
    final class OfTokens implements ParitySubject {

        private final LearningPredictorModel model;
        private final long[] ids;
        private final LabelledBatch batch;

        OfTokens(LearningPredictorModel model, Expected expected) {
            this.model = model;
            List<TokenIds> encoded = encoded(model, expected);
            ids = Scoring.batch(encoded, model.padding().exact()).ids();
            List<int[]> rows = expected.rows();
            List<int[]> types = rows.stream().map(row -> new int[row.length]).toList();
            TokenBatch texts = TokenBatch.of(rows, types, model.padding().exact());
            float[] weights = new float[rows.size()];
            Arrays.fill(weights, 1);
            batch = LabelledBatch.tokens(texts, expected.labels(), weights, model.objective() == Objective.CAUSAL_LM);
        }

        @Override
        public long[] ids() {
            return ids;
        }

        @Override
        public float[][] logits() {
            return model.model().logits(batch.texts());
        }

        @Override
        public List<HostTensor> gradients(StepSettings settings) {
            return model.gradients(batch, settings);
        }

        @Override
        public double step(StepSettings settings) {
            return model.step(batch, settings, false).loss();
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
