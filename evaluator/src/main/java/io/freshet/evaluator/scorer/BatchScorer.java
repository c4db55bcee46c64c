package io.freshet.evaluator.scorer;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.schemas.ExampleScore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Answers a batch of held-out examples with one model. */
final class BatchScorer {

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only differences are taken of, nanoseconds */
    BatchScorer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns one score an example, in order; a model that fails, or answers no number, gives scores with an error. */
    List<ExampleScore> score(String checkpoint, Shelved shelved, List<HeldOut> batch) {
        if (shelved instanceof Shelved.Ready ready) {
            return answered(checkpoint, ready.model(), batch);
        }
        String reason = shelved instanceof Shelved.Broken broken ? broken.reason() : "the model is not loaded yet";
        return failed(checkpoint, batch, reason);
    }

    private List<ExampleScore> answered(String checkpoint, Classifier model, List<HeldOut> batch) {
        long start = nanoTime.getAsLong();
        List<Answer> answers;
        try {
            List<EncodedText> texts =
                    batch.stream().map(example -> model.encode(example.input())).toList();
            answers = model.classify(texts);
        } catch (RuntimeException e) { // whatever the engine throws on these weights is the candidate's failure
            return failed(checkpoint, batch, "the model failed: " + e);
        }
        long micros = (nanoTime.getAsLong() - start) / 1_000 / Math.max(1, batch.size());
        List<ExampleScore> scores = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            scores.add(score(checkpoint, batch.get(i), answers.get(i), micros));
        }
        return scores;
    }

    private static ExampleScore score(String checkpoint, HeldOut example, Answer answer, long micros) {
        for (float probability : answer.probabilities()) {
            if (Float.isNaN(probability)) {
                return record(checkpoint, example, null, Answer.UNKNOWN, "a probability is not a number", micros);
            }
        }
        double probability = Math.min(1, answer.probabilityOf(example.label()));
        return record(checkpoint, example, answer.label(), probability, null, micros);
    }

    private static List<ExampleScore> failed(String checkpoint, List<HeldOut> batch, String reason) {
        return batch.stream()
                .map(example -> record(checkpoint, example, null, Answer.UNKNOWN, reason, 0))
                .toList();
    }

    private static ExampleScore record(
            String checkpoint,
            HeldOut example,
            @Nullable String predicted,
            double probability,
            @Nullable String error,
            long micros) {
        return ExampleScore.newBuilder()
                .setCheckpoint(checkpoint)
                .setPartition(example.partition())
                .setOffset(example.offset())
                .setExampleId(example.example().getId())
                .setGroup(example.example().getGroup())
                .setTask(example.example().getTask())
                .setAttributes(example.example().getAttributes())
                .setLabel(example.label())
                .setPredicted(predicted)
                .setProbability(probability)
                .setError(error)
                .setLatencyMicros(micros)
                .build();
    }
}
