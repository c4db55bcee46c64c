package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.SeededText;
import io.freshet.model.TextScore;
import io.freshet.model.TrainableLanguageModel;
import io.freshet.model.TrainingExample;
import io.freshet.trainer.drift.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Learning to predict tokens: texts are all it takes, whatever their labels. */
final class Predicting implements Task {

    private final TrainableLanguageModel model;
    private final PrequentialBits bits;

    Predicting(TrainableLanguageModel model, LearnerState.Judged judged) {
        this.model = model;
        this.bits = new PrequentialBits(judged.bits());
    }

    @Override
    public TrainableLanguageModel model() {
        return model;
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public List<Integer> overLimit(List<Learnable> fresh) {
        return List.of();
    }

    @Override
    public List<Answer> answers(List<Learnable> examples) {
        throw new IllegalStateException("a language model does not answer with labels");
    }

    @Override
    public List<float[]> logits(List<Learnable> examples) {
        throw new IllegalStateException("a language model has no logits of labels");
    }

    /**
     * Which tokens of a text are masked depends on its id alone, so that it is judged the same whenever it comes. Its
     * error is what is lacking from 1 in the geometric mean of its tokens' probabilities.
     */
    @Override
    public List<Outcome> predict(List<Learnable> examples, LearningStrategy strategy) {
        List<TextScore> scores = model.averaged()
                .score(examples.stream()
                        .map(example -> new SeededText(example.encoded(), Ids.seed(example.id())))
                        .toList());
        List<Outcome> outcomes = new ArrayList<>();
        for (TextScore score : scores) {
            boolean predicted = score.tokens() > 0;
            if (predicted) {
                bits.add(new PrequentialBits.Text(score.bitsPerToken() * score.tokens(), score.tokens()));
            }
            outcomes.add(new Outcome(predicted ? 1 - StrictMath.pow(2, -score.bitsPerToken()) : 0, null, predicted));
        }
        return outcomes;
    }

    @Override
    public void welcome(List<Learnable> examples) {}

    @Override
    public TrainingExample lesson(Lesson lesson) {
        Learnable example = lesson.example();
        return new TrainingExample(example.encoded(), null, lesson.share() * example.weight());
    }

    @Override
    public Standing standing() {
        return Standing.of(bits);
    }

    @Override
    public LearnerState.Judged judged() {
        return new LearnerState.Judged(Prequential.State.EMPTY, bits.state(), List.of());
    }
}
