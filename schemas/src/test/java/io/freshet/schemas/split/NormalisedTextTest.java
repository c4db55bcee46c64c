package io.freshet.schemas.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NormalisedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Hello, World!            | hello world
                    hello,world              | hello world
                    '  hello \u00A0 world '  | hello world
                    ＨＥＬＬＯ　ｗｏｒｌｄ   | hello world
                    don’t                    | dont
                    STRASSE                  | strasse
                    Straße                   | strasse
                    ΟΔΟΣ                     | οδοσ
                    ﬁve                      | five
                    cafe\u0301               | café
                    co\u00ADop\u200B         | coop
                    $5 + 2                   | $5 + 2
                    """)
    void dropsWhatDoesNotChangeTheMeaning(String text, String normalised) {
        assertThat(NormalisedText.of(text)).isEqualTo(normalised);
    }

    @Test
    void keepsTextsApartThatAreOnlyPunctuation() {
        assertThat(NormalisedText.of("?!")).isEqualTo("?!");
        assertThat(NormalisedText.of("...")).isNotEqualTo(NormalisedText.of("?!"));
    }

    @Test
    void isTheSameWhenAppliedTwice() {
        for (String text : new String[] {"Hello, World!", "Straße ΟΔΟΣ ﬁve", "İstanbul", "?!", "ŉ ǰ ΐ"}) {
            String once = NormalisedText.of(text);
            assertThat(NormalisedText.of(once)).isEqualTo(once);
        }
    }

    @Test
    void keepsAPairApartFromTheTextsRunTogether() {
        assertThat(NormalisedText.of(example("a", "b"))).isNotEqualTo(NormalisedText.of(example("a b", null)));
        assertThat(NormalisedText.of(example("A.", "B"))).isEqualTo(NormalisedText.of(example("a", "b!")));
    }

    private static LabeledExample example(String text, @Nullable String pair) {
        return Examples.builder("1", "", "l")
                .setInput(TextInput.newBuilder().setText(text).setTextPair(pair).build())
                .build();
    }
}
