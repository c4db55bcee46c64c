package io.freshet.bench.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticTextsTest {

    private static final List<String> WORDS = List.of("the", "of", "and", "in", "to", "was", "he", "is");

    @Test
    void makesTheSameTextsFromTheSameSeed() {
        assertThat(SyntheticTexts.of(WORDS, 50, 3))
                .isEqualTo(SyntheticTexts.of(WORDS, 50, 3))
                .isNotEqualTo(SyntheticTexts.of(WORDS, 50, 4));
    }

    @Test
    void makesThemAsLongAsWhatPeopleAsk() {
        List<LabelledText> texts = SyntheticTexts.of(SyntheticTexts.words(), 4000, 3);
        // the standard error of the mean is 3.3 / sqrt(4000) = 0.05
        assertThat(texts.stream()
                        .mapToInt(text -> text.text().split(" ").length)
                        .average()
                        .orElseThrow())
                .isBetween(8.0, 8.7);
        assertThat(texts).allSatisfy(text -> assertThat(text.text().split(" ")).hasSizeBetween(1, 25));
    }

    @Test
    void usesFrequentWordsMoreOftenThanRareOnes() {
        String all = SyntheticTexts.of(WORDS, 2000, 3).stream()
                .map(LabelledText::text)
                .reduce("", (a, b) -> a + " " + b);
        assertThat(count(all, "the")).isGreaterThan(2 * count(all, "was"));
    }

    private static int count(String text, String word) {
        return (" " + text + " ").split(" " + word + "(?= )", -1).length - 1;
    }
}
