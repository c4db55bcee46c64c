package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A pretrained Llama against the tokens that an implementation in numpy, double precision, gives greedily (see
 * {@code src/test/python/reference.py}). The likeliest token leads by 0.004 at least, far more than float32 is off, so
 * that every correct implementation gives the same tokens.
 */
class GreedyTest {

    @Test
    void writesTheSameTwoHundredTokensAfterAPrompt() throws IOException {
        JsonNode expected = expected();
        List<Integer> ids = new ArrayList<>();
        expected.path("ids").forEach(id -> ids.add(id.asInt()));
        List<String> pieces = new ArrayList<>();
        try (TextGenerator generator =
                Models.openGenerator(Fixtures.shared("data/weights_stories260k/hf"), ModelOptions.DEFAULTS)) {
            GeneratedText text =
                    generator.generate(expected.path("prompt").asText(), Sampling.GREEDY, 200, pieces::add);
            assertThat(ids).hasSize(200);
            assertThat(text.ids()).isEqualTo(ids);
            assertThat(text.end()).isEqualTo(GeneratedText.End.MAX_TOKENS);
            assertThat(text.text())
                    .startsWith(", there was a little girl named Lily. She loved to play outside in the park.")
                    .contains("red ball. She wanted to play with it, but it was too high.\nLily's mom said, \"Lily,");
            assertThat(String.join("", pieces)).isEqualTo(text.text());
        }
    }

    private static JsonNode expected() throws IOException {
        try (InputStream in = GreedyTest.class.getResourceAsStream("stories260k-greedy.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
