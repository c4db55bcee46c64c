package io.freshet.model.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final int MASK = 4;
    private static final Vocabulary VOCABULARY = new Vocabulary(1_000, 2, 3, MASK, 0, 5);

    @Test
    void choosesTheSameNumberOfOrdinaryTokensInEverySequence() {
        int[] sequence = sequence(41);
        Masking.Masked masked = new Masking(VOCABULARY, 0.15, false).of(List.of(sequence, sequence), new Numbers(1));
        assertThat(masked.places()).hasSize(12); // 15 % of 40 tokens are 6, in each of two sequences
        Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            int place = (int) masked.places()[i];
            distinct.add(masked.places()[i]);
            assertThat(masked.targets()[i]).isEqualTo(sequence[place % 41]).isGreaterThanOrEqualTo(5);
        }
        assertThat(distinct).hasSize(12);
        assertThat(Arrays.stream(masked.whole()).filter(id -> id == MASK)).isEmpty();
    }

    @Test
    void hidesFourOfFiveReplacesOneOfTenAndKeepsOneOfTen() {
        int hidden = 0;
        int kept = 0;
        int chosen = 0;
        Masking masking = new Masking(VOCABULARY, 0.15, false);
        Numbers numbers = new Numbers(2);
        for (int batch = 0; batch < 500; batch++) {
            Masking.Masked masked = masking.of(List.of(sequence(41)), numbers);
            for (int i = 0; i < masked.places().length; i++) {
                long now = masked.ids()[(int) masked.places()[i]];
                hidden += now == MASK ? 1 : 0;
                kept += now == masked.targets()[i] ? 1 : 0;
                chosen++;
            }
        }
        // 3,000 draws: four standard deviations are 0.03 of 0.8 and 0.022 of 0.1
        assertThat((double) hidden / chosen).isBetween(0.77, 0.83);
        assertThat((double) kept / chosen).isBetween(0.078, 0.122);
    }

    @Test
    void hidesEveryChosenTokenWhereAGeneratorReplacesThem() {
        Masking.Masked masked = new Masking(VOCABULARY, 0.5, true).of(List.of(sequence(21)), new Numbers(3));
        for (long place : masked.places()) {
            assertThat(masked.ids()[(int) place]).isEqualTo(MASK);
        }
    }

    @Test
    void leavesASequenceOfSpecialTokensAlone() {
        Masking.Masked masked = new Masking(VOCABULARY, 0.15, false).of(List.of(new int[] {2, 3, 3}), new Numbers(4));
        assertThat(masked.places()).isEmpty();
        assertThat(masked.ids()).containsExactly(2, 3, 3);
    }

    private static int[] sequence(int length) {
        int[] ids = new int[length];
        ids[0] = VOCABULARY.first();
        for (int i = 1; i < length; i++) {
            ids[i] = i % 10 == 0 ? VOCABULARY.separator() : 100 + i;
        }
        return ids;
    }
}
