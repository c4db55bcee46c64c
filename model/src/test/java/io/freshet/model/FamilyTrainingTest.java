package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family and objective learns a batch by heart, with dropout on. */
class FamilyTrainingTest {

    private static final List<String> TEXTS =
            List.of("hello", "set an alarm", "play some jazz please", "now", "some alarm now please");

    @TempDir
    private Path temp;

    static Stream<Arguments> cases() throws IOException {
        return GoldenModels.all().stream()
                .map(one -> one.path("name").asText())
                .flatMap(name -> Stream.of(Precision.FP32, Precision.BF16).map(each -> Arguments.of(name, each)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void losesLossWhenItSeesABatchAgainAndAgain(String name, Precision precision) throws IOException {
        Path directory = GoldenModels.write(name, temp.resolve("model"));
        Objective objective = Models.objective(directory);
        ModelOptions options = ModelOptions.DEFAULTS.withPrecision(precision);
        try (Trainable model = objective.isLanguageModel()
                ? Models.trainableLanguageModel(directory, objective, options)
                : Models.openTrainable(directory, options)) {
            List<TrainingExample> batch = new ArrayList<>();
            for (int i = 0; i < TEXTS.size(); i++) {
                String label =
                        objective.isLanguageModel() ? null : List.of("a", "b").get(i % 2);
                batch.add(new TrainingExample(model.encode(TextInput.of(TEXTS.get(i))), label, 1));
            }
            double first = 0;
            double last = 0;
            for (int step = 1; step <= 80; step++) {
                double loss = model.train(batch, new StepSettings(step, 11, 1e-2, 1e-2, 0, false, 1))
                        .loss();
                first += step <= 10 ? loss / 10 : 0;
                last += step > 70 ? loss / 10 : 0;
            }
            assertThat(last).as("from %s", first).isLessThan(0.8 * first);
        }
    }
}
