package io.freshet.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.ingest.Examples;
import io.freshet.ingest.admission.DuplicateRule.Verdict;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.split.Side;
import org.junit.jupiter.api.Test;

final class RulesTest {

    private static final LabeledExample EXAMPLE = Examples.of("order-7", "where is my order", "track");

    @Test
    void takesAnIdThatIsNotRememberedAsNew() {
        assertThat(DuplicateRule.judge(EXAMPLE, null, Fingerprint.ofContent(EXAMPLE)))
                .isEqualTo(new Verdict.New());
    }

    @Test
    void takesTheSameTextAndLabelAsRepeatedWhateverElseDiffers() {
        LabeledExample again = Examples.builder("order-7", "where is my order", "track")
                .setWeight(2)
                .setSource("retry")
                .build();
        assertThat(DuplicateRule.judge(again, Fingerprint.ofContent(EXAMPLE), Fingerprint.ofContent(again)))
                .isEqualTo(new Verdict.Repeated());
    }

    @Test
    void takesAnotherTextOrPairOrLabelAsConflicting() {
        LabeledExample pair = Examples.builder("order-7", "", "track")
                .setInput(TextInput.newBuilder()
                        .setText("where is my order")
                        .setTextPair("")
                        .build())
                .build();
        for (LabeledExample other : new LabeledExample[] {
            Examples.of("order-7", "where is my order?", "track"),
            Examples.of("order-7", "where is my order", "cancel"),
            pair
        }) {
            assertThat(DuplicateRule.judge(other, Fingerprint.ofContent(EXAMPLE), Fingerprint.ofContent(other)))
                    .isInstanceOfSatisfying(Verdict.Conflicting.class, conflict -> {
                        assertThat(conflict.rejection().reason()).isEqualTo(RejectionReason.ID_CONFLICT);
                        assertThat(conflict.rejection().detail()).contains("order-7");
                    });
        }
    }

    @Test
    void doesNotConfuseWhereOneStringEndsAndTheNextBegins() {
        assertThat(Fingerprint.ofContent(Examples.of("1", "ab", "c")))
                .isNotEqualTo(Fingerprint.ofContent(Examples.of("1", "a", "bc")));
        assertThat(Fingerprint.ofContent(Examples.of("1", "a", "")))
                .isNotEqualTo(Fingerprint.ofContent(
                        Examples.builder("1", "a", "").setLabel(null).build()));
    }

    @Test
    void keepsATextOnTheSideOnWhichItFirstArrived() {
        LabeledExample grouped =
                Examples.builder("1", "hello", "greet").setGroup("customer-4").build();
        assertThat(CrossingRule.judge(grouped, null, Side.TRAIN)).isEmpty();
        assertThat(CrossingRule.judge(grouped, Side.TRAIN, Side.TRAIN)).isEmpty();
        assertThat(CrossingRule.judge(grouped, Side.HELD_OUT, Side.TRAIN)).hasValueSatisfying(rejection -> {
            assertThat(rejection.reason()).isEqualTo(RejectionReason.SPLIT_CROSSING);
            assertThat(rejection.detail())
                    .contains("group 'customer-4' puts it on side train", "the same text is on side heldout");
        });
        assertThat(CrossingRule.judge(EXAMPLE, Side.TRAIN, Side.HELD_OUT)).isPresent();
    }
}
