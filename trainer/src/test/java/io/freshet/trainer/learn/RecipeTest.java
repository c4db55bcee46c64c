package io.freshet.trainer.learn;

import static io.freshet.trainer.learn.Pupil.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Models;
import io.freshet.model.TrainableClassifier;
import io.freshet.trainer.learn.StrategyPlan.Lwf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loss of a step on a real model against the papers' formulas, computed here from the model's logits. */
class RecipeTest {

    /** A few float32 roundings of numbers below 10. */
    private static final Offset<Double> FLOAT32 = within(1e-5);

    private static final float[] NO_LOGITS = new float[0];

    @TempDir
    Path directory = Path.of("");

    private static double crossEntropy(Pupil pupil, List<Learnable> examples) {
        double[][] rows = pupil.logProbabilities(examples);
        double sum = 0;
        for (int i = 0; i < examples.size(); i++) {
            sum -= rows[i][LABELS.indexOf(String.valueOf(examples.get(i).label()))];
        }
        return sum / examples.size();
    }

    @Test
    void derppAddsAlphaTimesTheLogitsDifferenceAndBetaTimesTheCrossEntropyOfOldExamples() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<Learnable> fresh = List.of(pupil.example("1", "one", "a"), pupil.example("2", "two", "b"));
            List<Learnable> matched = List.of(pupil.example("3", "zero", "c"), pupil.example("4", "three", "a"));
            List<Learnable> labelled = List.of(
                    pupil.example("5", "one", "c"), pupil.example("6", "two", "a"), pupil.example("7", "zero", "b"));
            float[] first = {0.5f, -0.25f}; // kept when two labels were known
            float[] second = {1, 2, 3};
            List<Kept> replayed = List.of(
                    new Kept(matched.get(0), 1, first),
                    new Kept(matched.get(1), 2, second),
                    new Kept(labelled.get(0), 3, second),
                    new Kept(labelled.get(1), 4, second),
                    new Kept(labelled.get(2), 5, second));
            List<float[]> now = pupil.view().logits(matched);
            double difference =
                    (squaredDifference(now.get(0), first) / 2 + squaredDifference(now.get(1), second) / 3) / 2;
            double expected = crossEntropy(pupil, fresh) + 0.3 * difference + 0.7 * crossEntropy(pupil, labelled);

            LearningStrategy.Step step = pupil.step();
            double loss = step.on(new DarkExperience(0.3, 0.7).lessons(fresh, replayed, step))
                    .loss();

            assertThat(loss).isCloseTo(expected / (1 + 0.7), FLOAT32);
        }
    }

    private static double squaredDifference(float[] now, float[] kept) {
        double sum = 0;
        for (int i = 0; i < kept.length; i++) {
            sum += (now[i] - kept[i]) * (double) (now[i] - kept[i]);
        }
        return sum;
    }

    @Test
    void derppLearnsTheLabelOfAnExampleThatWasKeptWithoutLogits() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<Learnable> fresh = List.of(pupil.example("1", "one", "a"));
            List<Kept> replayed = List.of(
                    new Kept(pupil.example("2", "two", "b"), 1, NO_LOGITS),
                    new Kept(pupil.example("3", "zero", "c"), 2, NO_LOGITS));
            List<Lesson> lessons = new DarkExperience(0.3, 0.7).lessons(fresh, replayed, pupil.step());
            assertThat(lessons).extracting(Lesson::share).containsExactly(1.0, 0.7, 0.7);
            assertThat(lessons).allMatch(lesson -> lesson.guide() == null);
        }
    }

    @Test
    void erAceGivesNewExamplesTheLabelsOfTheirBatchAndOldOnesAll() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            List<Learnable> fresh = List.of(pupil.example("1", "one", "a"), pupil.example("2", "two", "c"));
            Learnable old = pupil.example("3", "zero", "b");
            List<float[]> logits = pupil.view().logits(fresh);
            double expected = crossEntropy(pupil, List.of(old));
            for (int i = 0; i < 2; i++) { // the softmax of the first and the third label
                expected -= Pupil.logSoftmax(new float[] {logits.get(i)[0], logits.get(i)[2]})[i];
            }

            LearningStrategy.Step step = pupil.step();
            double loss = step.on(new AsymmetricLoss().lessons(fresh, List.of(new Kept(old, 1, NO_LOGITS)), step))
                    .loss();

            assertThat(loss).isCloseTo(expected / 3, FLOAT32);
        }
    }

    /** The teacher knows c and a, in this order: of the pupil's labels a, b, c it can teach the first alone. */
    @Test
    void aTeacherSpeaksOfTheFirstLabelsThatItKnows() throws IOException {
        Path given = teacher("c", "a");
        try (Pupil pupil = Pupil.start(directory);
                Teacher teacher = Teacher.given(given, Pupil.OPTIONS)) {
            List<Learnable> examples = List.of(pupil.example("1", "one", "a"));
            assertThat(teacher.logits(examples, LABELS).get(0)).hasSize(1);
            assertThat(teacher.logits(examples, List.of("a", "c")).get(0)).hasSize(2);
            assertThat(teacher.logits(examples, List.of("b", "a")).get(0)).isEmpty();
        }
    }

    /** T² KL(teacher || pupil) at temperature T over the labels a and b, beside the cross-entropy over a, b and c. */
    @Test
    void lwfAddsTheDivergenceFromTheTeachersSoftenedAnswers() throws IOException {
        Path given = teacher("b", "a");
        Lwf settings = new Lwf(1, 0.8, 2, given.toString());
        try (Pupil pupil = Pupil.start(directory);
                Teacher teacher = Teacher.given(given, Pupil.OPTIONS);
                LearningStrategy lwf =
                        new Distillation(new Naive(), settings, Pupil.OPTIONS, Teacher.given(given, Pupil.OPTIONS))) {
            List<Learnable> fresh = List.of(pupil.example("1", "one", "a"), pupil.example("2", "two", "c"));
            double expected = crossEntropy(pupil, fresh);
            for (Learnable example : fresh) {
                double[] theirs =
                        softened(teacher.logits(List.of(example), LABELS).get(0));
                double[] ours = softened(pupil.view().logits(List.of(example)).get(0));
                for (int i = 0; i < 2; i++) {
                    expected += 0.8 * 4 * Math.exp(theirs[i]) * (theirs[i] - ours[i]) / 2;
                }
            }
            assertThat(lwf.learn(fresh, pupil.step()).result().loss()).isCloseTo(expected, FLOAT32);
        }
    }

    private static double[] softened(float[] logits) {
        return Pupil.logSoftmax(new float[] {logits[0] / 2, logits[1] / 2});
    }

    private Path teacher(String... labels) throws IOException {
        Path start = Pupil.initialise(directory.resolve("other"), 8);
        Path given = Files.createDirectories(directory.resolve("teacher"));
        try (TrainableClassifier model = Models.openTrainable(start, Pupil.OPTIONS)) {
            List.of(labels).forEach(label -> model.addLabel(label, 9));
            try (var snapshot = model.snapshot()) {
                snapshot.writeModel(given);
            }
        }
        return given;
    }

    @Test
    void refusesALessonThatWeighsNothingSensible() throws IOException {
        try (Pupil pupil = Pupil.start(directory)) {
            Learnable example = pupil.example("1", "one", "a");
            assertThatThrownBy(() -> new Lesson(example, Double.NaN, null)).hasMessageContaining("share NaN");
            assertThatThrownBy(() -> new AsymmetricLoss()
                            .lessons(List.of(pupil.example("2", "two", "nobody")), List.of(), pupil.step()))
                    .hasMessageContaining("nobody");
        }
    }
}
