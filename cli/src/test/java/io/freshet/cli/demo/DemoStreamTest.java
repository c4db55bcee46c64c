package io.freshet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.input.InputRecord;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoStreamTest {

    private static final int SIZE = 10_000;

    @Test
    void givesTheSameStreamForTheSameSeed() throws IOException {
        assertThat(stream(3)).isEqualTo(stream(3)).isNotEqualTo(stream(4));
    }

    @Test
    void bringsNewIntentsHalfway() throws IOException {
        List<LabeledExample> examples = stream(1);
        assertThat(labels(examples.subList(0, SIZE / 2))).hasSize(12).doesNotContain("timer", "math");
        assertThat(labels(examples.subList(SIZE / 2, SIZE))).hasSize(20).contains("timer", "math", "balance");
    }

    @Test
    void saysTooManyDifferentThingsToLearnByHeart() throws IOException {
        Set<String> texts = stream(1).stream()
                .map(example -> ((TextInput) example.getInput()).getText())
                .collect(Collectors.toSet());
        assertThat(texts).hasSizeGreaterThan(SIZE * 6 / 10);
        assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain("$", "(", ")", "|", "  "));
    }

    @Test
    void mislabelsTwoInAHundred() throws IOException {
        // An utterance is wrongly labelled if its task is not its label's; wrong labels within one task are not seen.
        Map<String, String> tasks =
                Grammar.bundled().intents().stream().collect(Collectors.toMap(Intent::name, Intent::task));
        long seen = stream(1).stream()
                .filter(example -> !tasks.getOrDefault(example.getLabel(), "").equals(example.getTask()))
                .count();
        // 2 % of 10,000 is 200, of which about a seventh stay within their task; 5 standard deviations are about 65
        assertThat(seen).isBetween(105L, 235L);
    }

    @Test
    void asksFreshQuestionsAboutEarlyAndLateIntents() {
        assertThat(DemoStream.questions(1))
                .extracting(Map.Entry::getKey)
                .containsExactly("transfer", "weather", "lights", "timer", "translate", "return_item");
    }

    private static List<LabeledExample> stream(long seed) throws IOException {
        try (DemoStream stream = new DemoStream(SIZE, seed, InstantSource.fixed(Instant.EPOCH))) {
            return stream.readAll().stream()
                    .map(record -> ((InputRecord.Example) record).example())
                    .toList();
        }
    }

    private static Set<String> labels(List<LabeledExample> examples) {
        return examples.stream().map(LabeledExample::getLabel).collect(Collectors.toCollection(HashSet::new));
    }
}
