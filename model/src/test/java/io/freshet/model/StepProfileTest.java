package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepProfileTest {

    @TempDir
    private Path temp;

    @Test
    void learnsFromTheBatchAsAPlainStepDoesAndTimesEveryPart() throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("fresh"));
        try (TrainableClassifier timed = Models.openTrainable(directory, ModelOptions.DEFAULTS);
                TrainableClassifier plain = Models.openTrainable(directory, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(timed);
            TinyModels.addLabels(plain);
            List<TrainingExample> batch = TinyModels.batch(timed, 5, 3);
            StepProfile profile = StepProfile.measure(timed, batch, TinyModels.settings(1), System::nanoTime);
            plain.train(batch, TinyModels.settings(1));
            assertThat(profile.data()).isPositive();
            assertThat(profile.forward()).isPositive();
            assertThat(profile.optimizer()).isPositive();
            List<EncodedText> inputs =
                    batch.stream().map(TrainingExample::input).toList();
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(timed.classify(inputs).get(i).probabilities())
                        .containsExactly(plain.classify(inputs).get(i).probabilities());
            }
        }
    }
}
