package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {

    @TempDir
    private Path temp;

    private TrainableClassifier model;

    @BeforeEach
    void open() throws Exception {
        model = Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS);
        TinyModels.addLabels(model);
        for (int step = 1; step <= 80; step++) { // so that logits are not all near zero
            model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
        }
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void answersATextTheSameAloneAndBesideLongerOnes() {
        List<EncodedText> texts = many(400);
        float[][] together = logits(texts);
        float largest = 0;
        float difference = 0;
        for (int i = 0; i < texts.size(); i++) {
            float[] alone = logits(List.of(texts.get(i)))[0];
            for (int label = 0; label < alone.length; label++) {
                difference = Math.max(difference, Math.abs(together[i][label] - alone[label]));
                largest = Math.max(largest, Math.abs(alone[label]));
            }
        }
        assertThat(largest).isGreaterThan(0.5f); // the comparison is not one of zeros
        assertThat(difference).isLessThan(1e-6f * Math.max(1, largest)); // 8 units in the last place of the largest
    }

    @Test
    void answersInTheOrderOfTheQuestions() {
        List<EncodedText> texts = many(100);
        List<EncodedText> reversed = new ArrayList<>(texts);
        Collections.reverse(reversed);
        List<Answer> answers = model.classify(texts);
        List<Answer> backwards = model.classify(reversed);
        for (int i = 0; i < texts.size(); i++) {
            Answer other = backwards.get(texts.size() - 1 - i);
            assertThat(answers.get(i).probabilities()).containsExactly(other.probabilities(), within(1e-6f));
        }
    }

    @Test
    void answersSeveralThreadsAtOnceAsItAnswersOne() throws Exception {
        List<EncodedText> texts = many(60);
        List<Answer> wanted = model.classify(texts);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Answer>>> calls = Collections.nCopies(12, () -> model.classify(texts));
            for (Future<List<Answer>> answers : threads.invokeAll(calls)) {
                for (int i = 0; i < texts.size(); i++) {
                    assertThat(answers.get().get(i).probabilities())
                            .containsExactly(wanted.get(i).probabilities());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givesProbabilitiesThatSumToOne() {
        for (Answer answer : model.classify(many(20))) {
            float sum = 0;
            for (float probability : answer.probabilities()) {
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
        assertThat(Scoring.softmax(new float[] {1000, 1000, -1000})).containsExactly(0.5f, 0.5f, 0);
    }

    @Test
    void answersNothingToNoQuestions() {
        assertThat(model.classify(List.of())).isEmpty();
    }

    private float[][] logits(List<EncodedText> texts) {
        return ((TextClassifierModel) model).logitRows(texts);
    }

    private List<EncodedText> many(int count) {
        Random random = new Random(count);
        List<EncodedText> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                text.append(TinyModels.TEXTS.get(random.nextInt(TinyModels.TEXTS.size())))
                        .append(' ');
            }
            texts.add(model.encode(TextInput.of(text.toString())));
        }
        return texts;
    }
}
