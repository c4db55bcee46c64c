package io.freshet.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.ModelException;
import io.freshet.model.TextInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPiecesTest {

    private static final List<String> TEXTS =
            List.of("Transfer $1,250.00 to my savings, please!", "naïve café", "unbelievability of jazz jazz jazz");

    private final WordPieces whole = WordPieces.bertBaseUncased();

    @Test
    void bringsThePiecesOfBertBaseUncased() throws IOException {
        assertThat(whole.pieces()).hasSize(30_522);
        try (Tokenizer tokenizer = tokenizer(whole, 16)) {
            assertThat(tokenizer.encode(TextInput.of("Hello world!")).ids())
                    .containsExactly(101, 7592, 2088, 999, 102); // as published for this vocabulary
        }
    }

    @Test
    void tokenisesTheTextsAsTheWholeListDoes() throws IOException {
        WordPieces cut = whole.cut(TEXTS, 4000);
        assertThat(cut.pieces()).hasSizeBetween(1000, 4000).startsWith("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        try (Tokenizer before = tokenizer(whole, 64);
                Tokenizer after = tokenizer(cut, 64)) {
            for (String text : TEXTS) {
                assertThat(after.pieces(text)).isNotEmpty().containsExactly(before.pieces(text));
            }
        }
    }

    @Test
    void keepsUnseenWordsSpellable() throws IOException {
        try (Tokenizer tokenizer = tokenizer(whole.cut(TEXTS, 4000), 64)) {
            assertThat(tokenizer.pieces("zebra")).doesNotContain("[UNK]").hasSizeGreaterThan(1);
        }
    }

    @Test
    void keepsTheMostFrequentPiecesWhereNotAllFit() {
        int singles = whole.cut(List.of(), 30_522).pieces().size();
        List<String> kept = new ArrayList<>(whole.cut(TEXTS, singles + 1).pieces());
        kept.removeAll(whole.cut(List.of(), 30_522).pieces());
        assertThat(kept).containsExactly("jazz"); // three times; every other piece of the texts once
    }

    @Test
    void refusesALimitBelowTheSingleCharacters() {
        assertThatThrownBy(() -> whole.cut(TEXTS, 100))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a vocabulary of 100 pieces does not hold");
    }

    @Test
    void refusesAListWithoutSpecialTokens() {
        assertThatThrownBy(() -> new WordPieces(List.of("a", "b")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lacks one of [[PAD]");
    }

    @Test
    void marksTheSecondTextOfAPairAndCutsTheLongerOne() throws IOException {
        try (Tokenizer tokenizer = tokenizer(whole, 8)) {
            TokenIds ids = tokenizer.encode(new TextInput("play jazz", "one two three four five six seven"));
            // [CLS] play jazz [SEP] and, within 8, three of the seven words and [SEP]
            assertThat(ids.types()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
            assertThat(ids.length()).isEqualTo(8);
        }
    }

    @Test
    void refusesAnIdThatTheModelHasNoEmbeddingFor() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.parse("t", json(whole), 16, 1000)) {
            assertThatThrownBy(() -> tokenizer.encode(TextInput.of("hello")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("token id 7592 but config.json says vocab_size = 1000");
        }
    }

    @Test
    void refusesAFileThatIsNoTokenizer() {
        assertThatThrownBy(() -> Tokenizer.parse("x/tokenizer.json", new byte[] {'{', '}'}, 16, 10))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("x/tokenizer.json is not a tokenizer");
    }

    private static Tokenizer tokenizer(WordPieces pieces, int maxTokens) throws IOException {
        return Tokenizer.parse("t", json(pieces), maxTokens, pieces.pieces().size());
    }

    private static byte[] json(WordPieces pieces) {
        return WordPieceTokenizerJson.of(pieces).getBytes(StandardCharsets.UTF_8);
    }
}
