package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import io.freshet.trainer.drift.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Learning the labels of texts: the head grows by each label that is new. */
final class Classifying implements Task {

    private final TrainableClassifier model;
    private final LearnerSettings settings;
    private final Prequential prequential;
    private final LabelCounts counts;

    Classifying(TrainableClassifier model, LearnerSettings settings, LearnerState.Judged judged) {
        this.model = model;
        this.settings = settings;
        this.prequential = new Prequential(judged.prequential());
        this.counts = new LabelCounts(model.labels(), judged.labelCounts());
    }

    @Override
    public TrainableClassifier model() {
        return model;
    }

    @Override
    public List<String> labels() {
        return model.labels();
    }

    @Override
    public List<Integer> overLimit(List<Learnable> fresh) {
        Set<String> known = new LinkedHashSet<>(model.labels());
        List<Integer> overLimit = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            String label = label(fresh.get(i));
            if (known.contains(label)) {
                continue;
            }
            if (known.size() >= settings.labelLimit()) {
                overLimit.add(i);
            } else {
                known.add(label);
            }
        }
        return overLimit;
    }

    @Override
    public List<Answer> answers(List<Learnable> examples) {
        return model.averaged()
                .classify(examples.stream().map(Learnable::encoded).toList());
    }

    @Override
    public List<float[]> logits(List<Learnable> examples) {
        return model.logits(examples.stream().map(Learnable::encoded).toList());
    }

    @Override
    public List<Outcome> predict(List<Learnable> examples, LearningStrategy strategy) {
        List<Answer> answers = strategy.judge(examples, this);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String truth = label(examples.get(i));
            boolean right = truth.equals(answers.get(i).label());
            prequential.add(right, answers.get(i).probabilityOf(truth));
            boolean known = counts.of(truth) >= settings.drift().labelExamples();
            outcomes.add(new Outcome(right ? 0 : 1, truth, known));
        }
        return outcomes;
    }

    @Override
    public void welcome(List<Learnable> examples) {
        Set<String> unknown = new LinkedHashSet<>();
        for (Learnable example : examples) {
            unknown.add(label(example));
            counts.add(label(example));
        }
        model.labels().forEach(unknown::remove);
        for (String label : unknown) {
            model.addLabel(label, settings.seed());
        }
    }

    @Override
    public TrainingExample lesson(Lesson lesson) {
        Learnable example = lesson.example();
        String label = label(example);
        double classWeight = settings.loss().classWeights().of(label, counts);
        return new TrainingExample(
                example.encoded(), label, lesson.share() * classWeight * example.weight(), lesson.guide());
    }

    @Override
    public Standing standing() {
        return Standing.of(prequential);
    }

    @Override
    public LearnerState.Judged judged() {
        return new LearnerState.Judged(
                prequential.state(), PrequentialBits.State.EMPTY, counts.inOrderOf(model.labels()));
    }

    private static String label(Learnable example) {
        return Objects.requireNonNull(
                example.label(), () -> "example '%s' has no label to learn".formatted(example.id()));
    }
}
