package io.freshet.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.trainer.OfflinePass.Labelled;
import io.freshet.trainer.drift.DriftAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final SwappedStream STREAM = SwappedStream.generated(4_000, 1);

    /** Counts of 400 cuts of 10: from the 200th on, at first {@code low} for {@code cuts} cuts and then {@code high}. */
    private static List<Integer> right(int before, int low, int cuts, int high) {
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            right.add(i < 200 ? before : i < 200 + cuts ? low : high);
        }
        return right;
    }

    /** 50 cuts are a window: with 9 of 10 before, 0.88 is asked for: 50 cuts with 2 at most of the low ones' 4 of 10. */
    @Test
    void isBackWhenAWholeWindowIsAsGoodAsTheLastBeforeTheChange() {
        Recovery recovery = Recovery.of(
                STREAM,
                right(9, 4, 60, 9),
                10,
                List.of(
                        new DriftAlarm("adwin", 1_500, 1_400, 0.1, 0.2),
                        new DriftAlarm("adwin", 2_100, 2_000, 0.1, 0.6)));
        assertThat(recovery.before()).isEqualTo(0.9);
        assertThat(recovery.lowest()).isEqualTo(0.4);
        assertThat(recovery.after()).isEqualTo(0.9);
        assertThat(recovery.recovered()).isEqualTo(OptionalInt.of((60 + 48) * 10));
        assertThat(recovery.falseAlarms()).hasSize(1);
        assertThat(recovery.alarms()).hasSize(1);
    }

    @Test
    void isNeverBackWhereItStaysWorse() {
        assertThat(Recovery.of(STREAM, right(9, 4, 60, 8), 10, List.of()).recovered())
                .isEmpty();
    }

    @Test
    void exchangesTheMeaningOfTwoThirdsOfTheLabelsHalfway() {
        List<Labelled> plain = TopicTexts.draw(4_000, 1);
        assertThat(STREAM.swapped()).isEqualTo(6);
        assertThat(STREAM.change()).isEqualTo(2_000);
        assertThat(STREAM.texts().subList(0, 2_000)).isEqualTo(plain.subList(0, 2_000));
        for (int i = 2_000; i < 4_000; i++) {
            Labelled before = plain.get(i);
            Labelled after = STREAM.texts().get(i);
            assertThat(after.text()).isEqualTo(before.text());
            assertThat(after.label().equals(before.label()))
                    .isEqualTo(Set.of("music", "sea", "travel").contains(before.label()));
        }
    }

    @Test
    void refusesTooFewLabelsToExchange() {
        assertThatThrownBy(() -> SwappedStream.of(List.of(new Labelled("a", "x"), new Labelled("b", "y"))))
                .hasMessageContaining("2 labels are too few");
    }
}
