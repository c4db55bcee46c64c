package io.freshet.schemas.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.LabeledExample;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeldOutSplitTest {

    private static final HeldOutSplit SPLIT = new HeldOutSplit(0.1, "freshet");

    @Test
    void holdsOutTheFractionOfTexts() {
        int n = 20_000;
        long heldOut = IntStream.range(0, n)
                .filter(i -> SPLIT.sideOf(Examples.of("" + i, "utterance number " + i, "l")) == Side.HELD_OUT)
                .count();
        // Binomial: 2,000 with a standard deviation of sqrt(20,000 * 0.1 * 0.9) = 42; the bound is 5 of them.
        assertThat(heldOut).isBetween(2_000L - 212, 2_000L + 212);
    }

    @Test
    void holdsOutNothingAtZeroAndHalfAtTheMost() {
        HeldOutSplit none = new HeldOutSplit(0, "s");
        HeldOutSplit half = new HeldOutSplit(0.5, "s");
        int n = 10_000;
        assertThat(heldOut(none, n)).isEmpty();
        // standard deviation 50
        assertThat(heldOut(half, n)).hasSizeBetween(4_750, 5_250);
    }

    @Test
    void keepsAGroupOnOneSideWhateverItsTextsAre() {
        for (int group = 0; group < 200; group++) {
            Set<Side> sides = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                LabeledExample example = Examples.builder("x", "text " + i, "l")
                        .setGroup("customer-" + group)
                        .build();
                sides.add(SPLIT.sideOf(example));
            }
            assertThat(sides).hasSize(1);
        }
    }

    @Test
    void keepsSpellingsOfOneTextOnOneSide() {
        for (int i = 0; i < 500; i++) {
            Side side = SPLIT.sideOf(Examples.of("1", "Where is order " + i + "?", "l"));
            assertThat(SPLIT.sideOf(Examples.of("2", "  where is ORDER " + i, "other")))
                    .isEqualTo(side);
        }
    }

    @Test
    void treatsABlankGroupAsNone() {
        for (int i = 0; i < 200; i++) {
            LabeledExample none = Examples.of("1", "text " + i, "l");
            LabeledExample blank =
                    Examples.builder("1", "text " + i, "l").setGroup(" ").build();
            assertThat(SPLIT.sideOf(blank)).isEqualTo(SPLIT.sideOf(none));
        }
    }

    @Test
    void holdsOutOtherExamplesWithAnotherSaltAndMoreWithALargerFraction() {
        Set<Integer> ours = heldOut(SPLIT, 5_000);
        Set<Integer> theirs = heldOut(new HeldOutSplit(0.1, "other"), 5_000);
        Set<Integer> both = new HashSet<>(ours);
        both.retainAll(theirs);
        // independent: 1 % of 5,000 is 50, standard deviation 7
        assertThat(both).hasSizeBetween(15, 85);
        assertThat(heldOut(new HeldOutSplit(0.2, "freshet"), 5_000)).containsAll(ours);
    }

    @Test
    void doesNotTakeAGroupForATextOfTheSameLetters() {
        long differing = IntStream.range(0, 2_000)
                .filter(i -> SPLIT.sideOf(Examples.of("1", "x" + i, "l"))
                        != SPLIT.sideOf(Examples.builder("1", "other", "l")
                                .setGroup("x" + i)
                                .build()))
                .count();
        // 2 * 0.1 * 0.9 of independent sides differ: 360, standard deviation 17
        assertThat(differing).isBetween(275L, 445L);
    }

    /**
     * What is recorded in Kafka must mean the same in every release: these sides are frozen. Computed apart, with Python's
     * hashlib over big-endian lengths and UTF-8 bytes of "freshet", "text" and the text.
     */
    @Test
    void putsTheSameTextsOnTheSameSideInEveryRelease() {
        assertThat(heldOut(SPLIT, 100)).containsExactlyInAnyOrder(1, 6, 20, 40, 45, 53, 62, 65, 74, 79, 90);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 0.51, Double.NaN})
    void refusesAFractionOutsideItsRange(double fraction) {
        assertThatThrownBy(() -> new HeldOutSplit(fraction, "s"))
                .hasMessage("fraction %s is outside [0, 0.5]".formatted(fraction));
    }

    private static Set<Integer> heldOut(HeldOutSplit split, int n) {
        return IntStream.range(0, n)
                .filter(i -> split.sideOf(Examples.of("" + i, "frozen text " + i, "l")) == Side.HELD_OUT)
                .boxed()
                .collect(Collectors.toSet());
    }
}
