package io.freshet.evaluator.scorer;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a champion answers on examples that have no label yet. */
final class Predictions {

    private static final Logger LOG = LoggerFactory.getLogger(Predictions.class);

    private Predictions() {}

    /**
     * Returns one prediction an example, in order. A model that fails predicts no label, as one that knows none: that it did not
     * answer must not keep the example out of its accuracy.
     */
    static List<Prediction> of(String checkpoint, Shelved shelved, List<HeldOut> examples) {
        List<Answer> answers = answers(checkpoint, shelved, examples);
        List<Prediction> predictions = new ArrayList<>(examples.size());
        for (int i = 0; i < examples.size(); i++) {
            LabeledExample example = examples.get(i).example();
            Answer answer = answers.get(i);
            boolean usable = answer.probability() >= 0 && answer.probability() <= 1; // false for NaN
            predictions.add(Prediction.newBuilder()
                    .setExampleId(example.getId())
                    .setCheckpoint(checkpoint)
                    .setPredicted(usable ? answer.label() : null)
                    .setProbability(usable ? answer.probability() : 0)
                    .setTime(example.getEventTime())
                    .build());
        }
        return predictions;
    }

    private static List<Answer> answers(String checkpoint, Shelved shelved, List<HeldOut> examples) {
        if (shelved instanceof Shelved.Ready ready && ready.model() instanceof Classifier classifier) {
            try {
                return classifier.classify(examples.stream()
                        .map(example -> classifier.encode(example.input()))
                        .toList());
            } catch (RuntimeException e) { // whatever the engine throws on these weights
                LOG.warn("Champion {} failed to answer {} examples", checkpoint, examples.size(), e);
            }
        } else {
            LOG.warn("Champion {} cannot answer {} examples: {}", checkpoint, examples.size(), shelved);
        }
        return examples.stream()
                .map(example -> new Answer(List.of(), new float[0]))
                .toList();
    }
}
