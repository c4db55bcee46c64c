package io.freshet.client;

import static io.freshet.client.Champions.promotion;
import static io.freshet.client.Champions.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.client.SequenceRule.Verdict;
import org.junit.jupiter.api.Test;

class SequenceRuleTest {

    @Test
    void followsTheNextNumber() {
        assertThat(SequenceRule.judge(promotion(4), promotion(5))).isEqualTo(Verdict.FOLLOW);
    }

    @Test
    void followsAHigherNumberWhenSomeAreSkipped() {
        assertThat(SequenceRule.judge(promotion(4), promotion(9))).isEqualTo(Verdict.FOLLOW);
    }

    @Test
    void ignoresALowerNumber() {
        assertThat(SequenceRule.judge(promotion(4), promotion(3))).isEqualTo(Verdict.STALE);
    }

    @Test
    void followsARollbackUnderAHigherNumber() {
        assertThat(SequenceRule.judge(promotion(4), rollback(5, 2))).isEqualTo(Verdict.FOLLOW);
    }

    @Test
    void followsARollbackUnderALowerNumber() {
        assertThat(SequenceRule.judge(promotion(4), rollback(2, 2))).isEqualTo(Verdict.FOLLOW);
    }

    @Test
    void tellsTheSameChampionFromAnotherUnderTheSameNumber() {
        assertThat(SequenceRule.judge(promotion(4), promotion(4))).isEqualTo(Verdict.SAME);
        assertThat(SequenceRule.judge(promotion(4), Champions.champion(4, "promotion", "other")))
                .isEqualTo(Verdict.STALE);
    }
}
