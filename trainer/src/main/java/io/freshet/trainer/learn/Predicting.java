package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.SeededText;
import io.freshet.model.TextScore;
import io.freshet.model.TrainableLanguageModel;
import io.freshet.model.TrainingExample;
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

    /** Which tokens of a text are masked depends on its id alone, so that it is judged the same whenever it comes. */
    @Override
    public void predict(List<Learnable> examples, LearningStrategy strategy) {
        List<TextScore> scores = model.averaged()
                .score(examples.stream()
                        .map(example -> new SeededText(example.encoded(), Ids.seed(example.id())))
                        .toList());
        for (TextScore score : scores) {
            if (score.tokens() > 0) {
                bits.add(new PrequentialBits.Text(score.bitsPerToken() * score.tokens(), score.tokens()));
            }
        }
    }

    @Override
    public void welcome(List<Learnable> examples) {}

    @Override
    public TrainingExample lesson(Lesson lesson) {
        Learnable example = lesson.example();
        return new TrainingExample(example.encoded(), null, example.weight());
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
