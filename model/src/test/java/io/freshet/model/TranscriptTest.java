package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.Transcript;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers that cut characters into bytes: byte-level BPE, and BPE with bytes for what it does not know. */
class TranscriptTest {

    private static final String PROMPT = "One day";
    private static final String TEXT = ", a naïve café in 東京 sold 😀 and 👩‍🚀.\nThe end";

    @ParameterizedTest
    @ValueSource(strings = {"fixtures/gpt2-causal-lm", "data/weights_stories260k/hf"})
    void givesOutWholeCharactersThatMakeUpTheText(String directory) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.shared(directory), 512, 2000)) {
            List<Integer> prompt = ids(tokenizer, PROMPT);
            List<Integer> all = ids(tokenizer, PROMPT + TEXT);
            assertThat(all.subList(0, prompt.size())).isEqualTo(prompt);
            Transcript transcript = new Transcript(tokenizer, prompt);
            StringBuilder text = new StringBuilder();
            for (int id : all.subList(prompt.size(), all.size())) {
                String piece = transcript.add(id);
                assertThat(piece).doesNotContain("\uFFFD");
                text.append(piece);
            }
            assertThat(text.append(transcript.rest())).hasToString(TEXT);
        }
    }

    private static List<Integer> ids(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(TextInput.of(text)).ids()).boxed().toList();
    }
}
