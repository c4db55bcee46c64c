package io.freshet.evaluator.scorer;

import io.freshet.model.Answer;
import io.freshet.model.TextModel;
import io.freshet.schemas.ExampleScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/** Scores a batch of held-out examples with one model. */
final class BatchScorer {

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only differences are taken of, nanoseconds */
    BatchScorer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns one score an example, in order; a model that fails, or answers no number, gives scores with an error. */
    List<ExampleScore> score(String checkpoint, Shelved shelved, List<HeldOut> batch) {
        if (shelved instanceof Shelved.Ready ready) {
            return asked(checkpoint, ready.model(), batch);
        }
        String reason = shelved instanceof Shelved.Broken broken ? broken.reason() : "the model is not loaded yet";
        return failed(checkpoint, batch, reason);
    }

    private List<ExampleScore> asked(String checkpoint, TextModel model, List<HeldOut> batch) {
        long start = nanoTime.getAsLong();
        List<Finding> findings;
        try {
            findings = Interview.ask(model, batch);
        } catch (RuntimeException e) { // whatever the engine throws on these weights is the candidate's failure
            return failed(checkpoint, batch, "the model failed: " + e);
        }
        long micros = (nanoTime.getAsLong() - start) / 1_000 / Math.max(1, batch.size());
        return records(checkpoint, batch, findings, micros);
    }

    private static List<ExampleScore> failed(String checkpoint, List<HeldOut> batch, String reason) {
        return records(checkpoint, batch, Collections.nCopies(batch.size(), new Finding.Unusable(reason)), 0);
    }

    private static List<ExampleScore> records(
            String checkpoint, List<HeldOut> batch, List<Finding> findings, long micros) {
        if (batch.isEmpty()) {
            return List.of();
        }
        String name = Batch.of(batch).name();
        List<ExampleScore> scores = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            scores.add(record(checkpoint, batch.get(i), findings.get(i), micros)
                    .setBatch(name)
                    .setBatchPosition(i)
                    .build());
        }
        return scores;
    }

    private static ExampleScore.Builder record(String checkpoint, HeldOut example, Finding finding, long micros) {
        ExampleScore.Builder score = ExampleScore.newBuilder()
                .setCheckpoint(checkpoint)
                .setPartition(example.partition())
                .setOffset(example.offset())
                .setExampleId(example.example().getId())
                .setGroup(example.example().getGroup())
                .setTask(example.example().getTask())
                .setAttributes(example.example().getAttributes())
                .setLabel(example.label())
                .setProbability(Answer.UNKNOWN)
                .setLatencyMicros(micros);
        if (finding instanceof Finding.Answered answered) {
            score.setPredicted(answered.predicted())
                    .setProbability(answered.probability())
                    .setPredictedProbability(answered.predicted() == null ? null : answered.confidence())
                    .setBrier(answered.brier());
        } else if (finding instanceof Finding.Predicted predicted) {
            score.setLabel("")
                    .setBitsPerToken(predicted.bitsPerToken())
                    .setMaxBits(predicted.maxBits())
                    .setTokens(predicted.tokens());
        } else if (finding instanceof Finding.Unusable unusable) {
            score.setError(unusable.why());
        }
        return score;
    }
}
