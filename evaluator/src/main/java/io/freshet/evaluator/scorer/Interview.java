package io.freshet.evaluator.scorer;

import io.freshet.core.measure.Calibration;
import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.LanguageModel;
import io.freshet.model.SeededText;
import io.freshet.model.TextModel;
import io.freshet.model.TextScore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Asks a model about held-out examples what its kind can be asked. */
final class Interview {

    private Interview() {}

    /** Returns one finding an example, in order. */
    static List<Finding> ask(TextModel model, List<HeldOut> examples) {
        if (model instanceof LanguageModel predictor) {
            return predictions(predictor, examples);
        }
        if (model instanceof Classifier classifier) {
            return answers(classifier, examples);
        }
        throw new IllegalArgumentException("%s neither classifies nor predicts".formatted(model.getClass()));
    }

    /**
     * The seed of an example's masks: the first 64 bits of its id's SHA-256, so that every model and every scorer hides the same
     * tokens.
     */
    static long seed(String exampleId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(exampleId.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<Finding> predictions(LanguageModel model, List<HeldOut> examples) {
        List<SeededText> texts = examples.stream()
                .map(example -> new SeededText(
                        model.encode(example.input()), seed(example.example().getId())))
                .toList();
        List<Finding> findings = new ArrayList<>(examples.size());
        for (TextScore score : model.score(texts)) {
            findings.add(prediction(score, model.maxBits()));
        }
        return findings;
    }

    private static Finding prediction(TextScore score, double maxBits) {
        double bits = score.bitsPerToken();
        return bits >= 0 && bits <= maxBits // false for NaN
                ? new Finding.Predicted(bits, maxBits, score.tokens())
                : new Finding.Unusable("%s bits per token are outside [0, %s]".formatted(bits, maxBits));
    }

    private static List<Finding> answers(Classifier model, List<HeldOut> examples) {
        List<EncodedText> texts =
                examples.stream().map(example -> model.encode(example.input())).toList();
        List<Answer> answers = model.classify(texts);
        List<Finding> findings = new ArrayList<>(examples.size());
        for (int i = 0; i < examples.size(); i++) {
            findings.add(answer(answers.get(i), examples.get(i).label()));
        }
        return findings;
    }

    private static Finding answer(Answer answer, String label) {
        for (float probability : answer.probabilities()) {
            if (Float.isNaN(probability)) {
                return new Finding.Unusable("a probability is not a number");
            }
        }
        return new Finding.Answered(
                answer.label(),
                Math.min(1, answer.probabilityOf(label)),
                Math.min(1, answer.probability()),
                Calibration.brier(answer.probabilities(), answer.labels().indexOf(label)));
    }
}
