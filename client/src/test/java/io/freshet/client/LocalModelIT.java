package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Classifier;
import io.freshet.model.ModelException;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier of a directory, without Kafka. */
class LocalModelIT {

    @TempDir
    Path temp;

    @Test
    void answersEachTextInOrder() throws IOException {
        Path directory = TinyModels.write(temp.resolve("pets"), 1, "cat", "dog");
        try (TextClassifier classifier = TextClassifier.of(directory)) {
            List<Classification> answers = classifier.classify(List.of("hello", "book a table to rome", "hello"));

            assertThat(answers).hasSize(3);
            assertThat(answers.get(0)).isNotEqualTo(answers.get(1));
            // Rows of one batch are padded to the same length and otherwise independent; float32 sums may round apart.
            assertThat(probability(answers.get(2))).isCloseTo(probability(answers.get(0)), within(1e-6));
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.label().orElseThrow()).isIn("cat", "dog");
                assertThat(probability(answer)).isBetween(0.5, 1.0); // the better of two
                assertThat(answer.sequence()).isZero();
                assertThat(answer.checkpoint()).isEqualTo("pets");
            });
        }
    }

    @Test
    void answersOneTextAPairAndNone() throws IOException {
        Path directory = TinyModels.write(temp.resolve("pets"), 1, "cat", "dog");
        try (TextClassifier classifier = TextClassifier.of(directory)) {
            assertThat(classifier.classify("hello").prediction()).isPresent();
            assertThat(classifier.classify("hello", "world"))
                    .isEqualTo(classifier
                            .classifyInputs(List.of(new TextInput("hello", "world")))
                            .get(0))
                    .isNotEqualTo(classifier.classify("hello"));
            assertThat(classifier.classify(List.of())).isEmpty();
        }
    }

    @Test
    void answersExplicitlyWhenTheModelHasNoLabels() throws IOException {
        Path directory = TinyModels.write(temp.resolve("bare"), 1);
        try (TextClassifier classifier = TextClassifier.of(directory)) {
            assertThat(classifier.classify("hello").prediction()).isEmpty();
            assertThat(classifier.classify("hello").label()).isEmpty();
        }
    }

    @Test
    void refusesRequestsOnceClosed() throws IOException {
        TextClassifier classifier = TextClassifier.of(TinyModels.write(temp.resolve("pets"), 1, "cat", "dog"));
        classifier.close();
        classifier.close();

        assertThatThrownBy(() -> classifier.classify("hello"))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void saysWhatIsWrongWithADirectory() throws IOException {
        Path empty = Files.createDirectories(temp.resolve("empty"));

        assertThatThrownBy(() -> TextClassifier.of(empty))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(empty.toString());
    }

    @Test
    void refusesALanguageModel() throws IOException {
        Path directory = TinyModels.writePredictor(temp.resolve("predictor"), 1);

        assertThatThrownBy(() -> TextClassifier.of(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("language model (masked-lm), which gives no labels");
    }

    @Test
    void warmsUpEveryModelAndRefusesOneThatAnswersNoNumbers() throws IOException {
        Path directory = TinyModels.write(temp.resolve("broken"), 1, "cat", "dog");
        Path weights = directory.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        for (int i = bytes.length / 2; i < bytes.length; i++) {
            bytes[i] = (byte) 0xff; // float32 of all ones is NaN
        }
        Files.write(weights, bytes);
        try (Classifier model = Models.open(directory, ModelOptions.DEFAULTS)) {
            assertThatThrownBy(() -> WarmUp.run(model))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("not finite");
        }
    }

    private static double probability(Classification answer) {
        return answer.prediction().orElseThrow().probability();
    }
}
