package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Classifier;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.StepSettings;
import io.freshet.model.TextInput;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import io.freshet.model.Tuning;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {

    @TempDir
    Path directory;

    @Test
    void writesAModelWithoutAdaptersThatAnswersTheSame() throws IOException {
        Path adapted = directory.resolve("adapted");
        Path merged = directory.resolve("merged");
        float[] wanted;
        ModelShape shape = new ModelShape(1, 16, 2, 32, 32, 0);
        WordPieces words = WordPieces.bertBaseUncased().cut(List.of("yes of course", "no way"), 2500);
        Models.initialise(directory.resolve("base"), shape, words, 3);
        ModelOptions options = ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(2, 4, 0, List.of("query", "dense")));
        try (TrainableClassifier model = Models.openTrainable(directory.resolve("base"), options)) {
            model.addLabel("yes", 1);
            model.addLabel("no", 1);
            List<TrainingExample> batch = List.of(
                    new TrainingExample(model.encode(TextInput.of("yes of course")), "yes", 1),
                    new TrainingExample(model.encode(TextInput.of("no way")), "no", 1));
            for (int step = 1; step <= 20; step++) {
                model.train(batch, new StepSettings(step, 1, 1e-2, 1e-2, 0, false, 1));
            }
            wanted = answer(model);
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(adapted);
            }
        }
        Outcome outcome = Outcome.of("merge", adapted.toString(), "--out", merged.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(merged.toString());
        assertThat(merged.resolve("adapter_config.json")).doesNotExist();
        try (Classifier model = Models.open(merged, ModelOptions.DEFAULTS)) {
            assertThat(answer(model)).containsExactly(wanted, within(1e-5f));
        }
        Files.delete(adapted.resolve("model.safetensors"));
        Outcome alone = Outcome.of(
                "merge", adapted.toString(), "--out", directory.resolve("2").toString());
        assertThat(alone.code()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.err()).contains("--base");
        Outcome beside = Outcome.of(
                "merge",
                adapted.toString(),
                "--base",
                directory.resolve("base").toString(),
                "--out",
                directory.resolve("3").toString());
        assertThat(beside.code()).as(beside.err()).isZero();
        assertThat(directory.resolve("3/model.safetensors"))
                .hasSameBinaryContentAs(merged.resolve("model.safetensors"));
    }

    @Test
    void saysThatThereIsNothingToMerge() {
        Outcome outcome = Outcome.of(
                "merge", directory.toString(), "--out", directory.resolve("out").toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err()).contains("nothing to merge");
    }

    private static float[] answer(Classifier model) {
        return model.classify(List.of(model.encode(TextInput.of("yes")))).get(0).probabilities();
    }
}
