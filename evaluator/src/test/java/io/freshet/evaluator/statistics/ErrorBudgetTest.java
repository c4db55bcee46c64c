package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorBudgetTest {

    @Test
    void givesTheFirstTrialSixOverPiSquaredOfTheBudget() {
        // 0.05 * 0.6079271 = 0.0303964
        assertThat(ErrorBudget.level(0.05, 1, 0)).isCloseTo(0.030396355, within(1e-9));
    }

    @Test
    void giveEveryTrialLessUnlessPromotionsEarnItBack() {
        assertThat(ErrorBudget.level(0.05, 4, 0)).isCloseTo(0.030396355 / 16, within(1e-10));
        assertThat(ErrorBudget.level(0.05, 4, 3)).isCloseTo(0.030396355 / 4, within(1e-9));
    }

    @Test
    void spendsNoMoreThanTheBudgetOverTrialsWithoutPromotion() {
        double spent = 0;
        for (int k = 1; k <= 100_000; k++) {
            spent += ErrorBudget.level(0.05, k, 0);
        }
        // the tail beyond K is about 0.05 * 0.608 / K = 3e-7
        assertThat(spent).isLessThan(0.05).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void refusesMorePromotionsThanTrialsBefore() {
        assertThatThrownBy(() -> ErrorBudget.level(0.05, 2, 2)).hasMessageContaining("promotions 2 in [0, 2)");
    }
}
