package io.freshet.evaluator.scorer;

import io.freshet.model.EncodedText;
import io.freshet.model.LanguageModel;
import io.freshet.model.Objective;
import io.freshet.model.SeededText;
import io.freshet.model.TextInput;
import io.freshet.model.TextScore;
import java.util.ArrayList;
import java.util.List;

/** A language model that scores every text alike and remembers the seeds it was given, for what a real one cannot be made to do. */
final class FixedPredictor implements LanguageModel {

    private final TextScore score;
    private final List<Long> seeds = new ArrayList<>();

    FixedPredictor(TextScore score) {
        this.score = score;
    }

    List<Long> seeds() {
        return seeds;
    }

    @Override
    public Objective objective() {
        return Objective.MASKED_LM;
    }

    @Override
    public double maxBits() {
        return 10;
    }

    @Override
    public EncodedText encode(TextInput input) {
        return () -> 1;
    }

    @Override
    public List<float[]> features(List<EncodedText> inputs) {
        throw new UnsupportedOperationException("a fixed score has no features");
    }

    @Override
    public List<TextScore> score(List<SeededText> texts) {
        texts.forEach(text -> seeds.add(text.seed()));
        return texts.stream().map(text -> score).toList();
    }

    @Override
    public void close() {}
}
