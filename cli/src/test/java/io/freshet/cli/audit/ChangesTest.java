package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.freshet.cli.audit.Changes.Change;
import io.freshet.schemas.Pair;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {

    @Test
    void countsFlipsByTheLabelAndBothAnswersTheMostFrequentFirst() {
        Changes changes = Changes.of(
                List.of(
                        flip(0, "a", "a", "b"),
                        flip(1, "a", "a", "c"),
                        flip(2, "a", "a", "b"),
                        flip(3, "b", "a", "b"),
                        flip(4, "b", "b", "b"),
                        flip(5, "b", "a", "c"),
                        flip(6, "c", "c", null)),
                2,
                1);

        assertThat(changes.worse())
                .extracting(Change::label, Change::before, Change::after, Change::count)
                .containsExactly(tuple("a", "a", "b", 2L), tuple("a", "a", "c", 1L));
        assertThat(changes.worse().get(0).samples())
                .extracting(Changes.Sample::offset)
                .containsExactly(0L);
        assertThat(changes.better()).extracting(Change::label, Change::count).containsExactly(tuple("b", 1L));
    }

    @Test
    void namesOfLanguageModelsTheTextsWithTheGreatestDifferences() {
        Changes changes = Changes.of(List.of(bits(0, 3, 4), bits(1, 3, 3.5), bits(2, 5, 3), bits(3, 3, 3)), 1, 1);

        assertThat(changes.worse()).extracting(Change::after).containsExactly("4.000 bits per token");
        assertThat(changes.better()).extracting(Change::before).containsExactly("5.000 bits per token");
    }

    @Test
    void saysOfATextThatRetentionHasDeletedOnlyWhereItStood() {
        Changes changes = Changes.of(List.of(flip(0, "a", "a", "b"), flip(1, "a", "a", "b")), 1, 2)
                .withTexts(Map.of(new Place(0, 1), "two\nlines")::get);

        assertThat(ChangesText.of(changes))
                .contains(
                        "    2 x true 'a': was 'a', is 'b'",
                        "      e0 at 0-0 (the text is gone: retention has deleted it)",
                        "      \"two lines\" (e1 at 0-1)",
                        "  better for users: nothing");
    }

    private static Pair flip(long index, String label, String champion, @Nullable String candidate) {
        return Pair.newBuilder(Given.pair(index, index, null))
                .setLabel(label)
                .setChampionPredicted(champion)
                .setCandidatePredicted(candidate)
                .build();
    }

    private static Pair bits(long index, double champion, double candidate) {
        return Pair.newBuilder(Given.pair(index, index, null))
                .setLabel("")
                .setChampionBits(champion)
                .setCandidateBits(candidate)
                .build();
    }
}
