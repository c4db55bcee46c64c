package io.freshet.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.demo.DemoStream;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingModelTest {

    @TempDir
    Path temp;

    @Test
    void isTheBundledEncoderWhereNothingElseIsAskedFor() throws IOException {
        StartingModel.write(temp.resolve("model"), request(null, Map.of()));
        Models.bundledEncoder(temp.resolve("bundled"));
        for (String file : List.of("model.safetensors", "config.json", "tokenizer.json", "README.md")) {
            assertThat(temp.resolve("model").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("bundled").resolve(file));
        }
    }

    @Test
    void hasRandomWeightsAndTheWordsOfTheInputWhereWordPiecesAreGiven() throws IOException {
        Models.bundledEncoder(temp.resolve("bundled"));
        Path vocabulary = temp.resolve("bundled").resolve("vocab.txt");
        StartingModel.write(temp.resolve("model"), request(vocabulary, Map.of()));
        assertThat(Files.readAllLines(temp.resolve("model").resolve("vocab.txt")))
                .hasSizeLessThan(Files.readAllLines(vocabulary).size());
        assertThat(temp.resolve("model").resolve("README.md")).doesNotExist();
    }

    @Test
    void isAFreshModelForAnObjectiveThatTheBundledOneDoesNotHave() throws IOException {
        StartingModel.write(temp.resolve("model"), request(null, Map.of("objective", "causal-lm")));
        assertThat(Models.objective(temp.resolve("model"))).isEqualTo(Objective.CAUSAL_LM);
    }

    private static RunRequest request(@Nullable Path vocabulary, Map<String, String> settings) {
        return new RunRequest(
                () -> new DemoStream(100, 1, Clock.systemUTC()), null, vocabulary, null, 0, "freshet", settings);
    }
}
