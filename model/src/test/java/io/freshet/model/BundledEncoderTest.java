package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledEncoderTest {

    @TempDir
    private Path temp;

    @Test
    void isSmallAndCarriesItsCard() throws IOException {
        Models.bundledEncoder(temp);
        try (var files = Files.list(temp)) {
            assertThat(files.mapToLong(BundledEncoderTest::size).sum()).isLessThan(12_000_000);
        }
        assertThat(temp.resolve("README.md")).content().contains("license: cc-by-sa-4.0", "| objective |", "| seed |");
    }

    @Test
    void predictsMaskedTokensFarBetterThanChance() throws IOException {
        Models.bundledEncoder(temp);
        try (LanguageModel model = Models.openLanguageModel(temp, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            EncodedText text = model.encode(TextInput.of("please find me a restaurant in san francisco"));
            double bits = 0;
            for (int seed = 0; seed < 20; seed++) {
                bits += model.score(List.of(new SeededText(text, seed))).get(0).bitsPerToken() / 20;
            }
            assertThat(bits).isLessThan(0.7 * model.maxBits());
        }
    }

    @Test
    void startsClassifiersWithoutLabels() throws IOException {
        Models.bundledEncoder(temp);
        try (TrainableClassifier model = Models.openTrainable(temp, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).isEmpty();
            model.addLabel("a", 1);
            assertThat(model.classify(List.of(model.encode(TextInput.of("a text")))))
                    .extracting(Answer::label)
                    .containsExactly("a");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
