package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassWeightsTest {

    @TempDir
    Path directory = Path.of("");

    private static LabelCounts counts(long... ofABC) {
        List<Long> counts = Arrays.stream(ofABC).boxed().toList();
        return new LabelCounts(List.of("a", "b", "c"), counts);
    }

    @Test
    void everyLabelCountsTheSameUnlessToldOtherwise() {
        assertThat(new ClassWeights.Equal().of("a", counts(90, 9, 1))).isEqualTo(1);
    }

    @Test
    void balancesByTheInverseOfHowOftenALabelWasSeen() {
        ClassWeights balanced = new ClassWeights.Balanced();
        assertThat(balanced.of("a", counts(60, 30, 10))).isCloseTo(100 / (3.0 * 60), within(1e-15));
        assertThat(balanced.of("b", counts(60, 30, 10))).isCloseTo(100 / (3.0 * 30), within(1e-15));
        assertThat(balanced.of("c", counts(60, 30, 10))).isCloseTo(100 / (3.0 * 10), within(1e-15));
    }

    @Test
    void balancedWeightsOfAllExamplesAverageToOne() {
        LabelCounts counts = counts(60, 30, 10);
        ClassWeights balanced = new ClassWeights.Balanced();
        double sum = 60 * balanced.of("a", counts) + 30 * balanced.of("b", counts) + 10 * balanced.of("c", counts);
        assertThat(sum / 100).isCloseTo(1, within(1e-12));
    }

    @Test
    void theFirstExampleOfALabelDoesNotOutweighAThousandOthers() {
        assertThat(new ClassWeights.Balanced().of("b", counts(1_000, 1))).isEqualTo(10);
        assertThat(new ClassWeights.Balanced().of("a", counts(1_000, 1, 0))).isCloseTo(1_001 / 2_000.0, within(1e-12));
    }

    @Test
    void readsAFileInWhichALabelThatIsNotNamedCountsOne() throws IOException {
        Path file = Files.writeString(directory.resolve("weights.json"), "{\"a\": 2, \"b\": 0.25}");
        ClassWeights weights = ClassWeightsFile.read(file);
        assertThat(weights.of("a", counts(1))).isEqualTo(2);
        assertThat(weights.of("b", counts(1))).isEqualTo(0.25);
        assertThat(weights.of("c", counts(1))).isEqualTo(1);
    }

    @Test
    void theTextOfGivenWeightsDoesNotDependOnTheirOrder() {
        ClassWeights one = new ClassWeights.Given(Map.of("a", 1.0, "b", 2.0, "c", 3.0));
        ClassWeights other = new ClassWeights.Given(Map.of("c", 3.0, "b", 2.0, "a", 1.0));
        assertThat(one).hasToString(other.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": -1}|label 'a'",
                "{\"a\": \"much\"}|labels and numbers",
                "{\"a\": null}|no weight",
                "[1, 2]|labels and numbers",
                "{\"a\": 1|labels and numbers"
            })
    void refusesAFileThatSaysSomethingElse(String json, String rule) throws IOException {
        Path file = Files.writeString(directory.resolve("weights.json"), json);
        assertThatThrownBy(() -> ClassWeightsFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("weights.json")
                .hasMessageContaining(rule);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> ClassWeightsFile.read(directory.resolve("none.json")))
                .hasMessageContaining("none.json is not a file");
    }

    @Test
    void countsFollowTheOrderOfTheHead() {
        LabelCounts counts = new LabelCounts();
        List.of("b", "a", "b").forEach(counts::add);
        assertThat(counts.inOrderOf(List.of("c", "b", "a"))).containsExactly(0L, 2L, 1L);
        assertThat(counts.total()).isEqualTo(3);
    }
}
