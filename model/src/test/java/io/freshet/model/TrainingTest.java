package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    @TempDir
    private Path temp;

    @Test
    void learnsLabelsThatWereNotKnownAtTheStart() throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("fresh"));
        try (TrainableClassifier model = Models.openTrainable(directory, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).isEmpty();
            TinyModels.addLabels(model);
            double first = model.train(TinyModels.batch(model, 16, 0), TinyModels.settings(1))
                    .loss();
            for (int step = 2; step <= 150; step++) {
                model.train(TinyModels.batch(model, 16, step), TinyModels.settings(step));
            }
            assertThat(first).isBetween(1.0, 1.2); // ln 3 = 1.0986, and a head near zero
            List<EncodedText> texts = TinyModels.TEXTS.stream()
                    .map(text -> model.encode(TextInput.of(text)))
                    .toList();
            assertThat(model.classify(texts))
                    .extracting(Answer::label)
                    .containsExactly("l0", "l1", "l2", "l0", "l1", "l2");
        }
    }

    @Test
    void goesOnAfterAResumeAsIfItHadNeverStopped() throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("fresh"));
        Path whole = temp.resolve("whole");
        try (TrainableClassifier model = Models.openTrainable(directory, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            train(model, 1, 12);
            write(model, whole);
        }
        Path half = temp.resolve("half");
        try (TrainableClassifier model = Models.openTrainable(directory, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            train(model, 1, 5);
            write(model, half);
        }
        Path resumed = temp.resolve("resumed");
        try (TrainableClassifier model = Models.resume(half, half, ModelOptions.DEFAULTS)) {
            train(model, 6, 12);
            write(model, resumed);
        }
        for (String file : List.of("model.safetensors", "config.json", "optimizer.safetensors", "tokenizer.json")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(Files.mismatch(half.resolve("model.safetensors"), whole.resolve("model.safetensors")))
                .isNotNegative();
    }

    private static void train(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
        }
    }

    private static void write(TrainableClassifier model, Path directory) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(directory);
            snapshot.writeOptimizer(directory);
        }
    }
}
