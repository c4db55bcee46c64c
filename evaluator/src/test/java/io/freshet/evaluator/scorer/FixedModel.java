package io.freshet.evaluator.scorer;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import java.util.List;

/** A model that gives every text the same answer, for what a real one cannot be made to do. */
final class FixedModel implements Classifier {

    private final Answer answer;
    private boolean closed;

    FixedModel(Answer answer) {
        this.answer = answer;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public List<String> labels() {
        return List.of("up", "down");
    }

    @Override
    public EncodedText encode(TextInput input) {
        return () -> 1;
    }

    @Override
    public Objective objective() {
        return Objective.CLASSIFICATION;
    }

    @Override
    public List<float[]> features(List<EncodedText> inputs) {
        throw new UnsupportedOperationException("a fixed answer has no features");
    }

    @Override
    public List<Answer> classify(List<EncodedText> inputs) {
        return inputs.stream().map(input -> answer).toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
