package io.freshet.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.ingest.Examples;
import io.freshet.schemas.BinaryInput;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.TextInput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionPolicyTest {

    private static final AdmissionLimits LIMITS =
            new AdmissionLimits(10, true, Set.of(), Optional.empty(), Duration.ofHours(1));

    @Test
    void admitsASoundExample() {
        assertThat(reason(LIMITS, Examples.of("1", "ten chars!", "greet"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00A0\u2003", "\u200B\u200D", "\t\r\n\u0000"})
    void rejectsTextInWhichNothingCanBeSeen(String text) {
        assertThat(reason(LIMITS, Examples.of("1", text, "greet"))).contains(RejectionReason.TEXT_BLANK);
    }

    @Test
    void countsCharactersAndNotCodeUnits() {
        assertThat(reason(LIMITS, Examples.of("1", "😀".repeat(10), "greet"))).isEmpty();
        assertThat(reason(LIMITS, Examples.of("1", "😀".repeat(11), "greet"))).contains(RejectionReason.TEXT_TOO_LONG);
    }

    @Test
    void holdsTheSecondTextOfAPairToTheSameRules() {
        assertThat(reason(LIMITS, pair("premise", "hypothesis"))).isEmpty();
        assertThat(reason(LIMITS, pair("premise", "hypothesis!"))).contains(RejectionReason.TEXT_TOO_LONG);
        assertThat(reason(LIMITS, pair("premise", " "))).contains(RejectionReason.TEXT_BLANK);
    }

    @Test
    void rejectsInputThatIsNotText() {
        BinaryInput image = new BinaryInput(ByteBuffer.wrap(new byte[] {1}), "image/png");
        assertThat(reason(
                        LIMITS,
                        Examples.builder("1", "t", "greet").setInput(image).build()))
                .contains(RejectionReason.INPUT_UNSUPPORTED);
    }

    @Test
    void rejectsABlankId() {
        assertThat(reason(LIMITS, Examples.of(" ", "text", "greet"))).contains(RejectionReason.ID_BLANK);
    }

    @Test
    void rejectsAMissingLabelOnlyWhereOneIsRequired() {
        AdmissionLimits unlabelled = new AdmissionLimits(10, false, Set.of("greet"), Optional.empty(), Duration.ZERO);
        LabeledExample none = Examples.builder("1", "text", "").setLabel(null).build();

        assertThat(reason(LIMITS, none)).contains(RejectionReason.LABEL_MISSING);
        assertThat(reason(unlabelled, none)).isEmpty();
        assertThat(reason(unlabelled, Examples.of("1", "text", " "))).contains(RejectionReason.LABEL_MISSING);
    }

    @Test
    void rejectsALabelOutsideTheList() {
        AdmissionLimits listed =
                new AdmissionLimits(10, true, Set.of("greet", "part"), Optional.empty(), Duration.ZERO);
        assertThat(reason(listed, Examples.of("1", "text", "part"))).isEmpty();
        assertThat(reason(listed, Examples.of("1", "text", "Part"))).contains(RejectionReason.LABEL_NOT_ALLOWED);
    }

    @Test
    void matchesThePatternAgainstTheWholeLabel() {
        AdmissionLimits pattern =
                new AdmissionLimits(10, true, Set.of(), Optional.of(Pattern.compile("[a-z_]+")), Duration.ZERO);
        assertThat(reason(pattern, Examples.of("1", "text", "say_hello"))).isEmpty();
        assertThat(reason(pattern, Examples.of("1", "text", "say hello"))).contains(RejectionReason.LABEL_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejectsAWeightThatIsNotFiniteAndAtLeastZero(double weight) {
        assertThat(reason(
                        LIMITS,
                        Examples.builder("1", "text", "greet").setWeight(weight).build()))
                .contains(RejectionReason.WEIGHT_INVALID);
    }

    @Test
    void admitsAWeightOfZero() {
        assertThat(reason(
                        LIMITS,
                        Examples.builder("1", "text", "greet").setWeight(0).build()))
                .isEmpty();
    }

    @Test
    void comparesTheEventsTimeWithWhenItWasAppended() {
        var hourAhead = Examples.builder("1", "text", "greet").setEventTime(Examples.TIME.plus(Duration.ofHours(1)));
        assertThat(reason(LIMITS, hourAhead.build())).isEmpty();

        var more =
                Examples.builder("1", "text", "greet").setEventTime(Examples.TIME.plus(Duration.ofMillis(3_600_001)));
        assertThat(reason(LIMITS, more.build())).contains(RejectionReason.TIME_FUTURE);
    }

    @Test
    void namesValueRuleAndRemedy() {
        assertThat(new AdmissionPolicy(LIMITS).judge(Examples.of("1", "x".repeat(11), "greet"), Examples.TIME))
                .map(Rejection::detail)
                .contains(
                        "text has 11 characters, more than ingest.text.max.characters = 10; shorten it or raise the limit");
    }

    @Test
    void shortensAnEndlessLabelInItsMessage() {
        AdmissionLimits listed = new AdmissionLimits(10, true, Set.of("a"), Optional.empty(), Duration.ZERO);
        Rejection rejection = new AdmissionPolicy(listed)
                .judge(Examples.of("1", "text", "l".repeat(100_000)), Examples.TIME)
                .orElseThrow();
        assertThat(rejection.detail()).hasSizeLessThan(300);
    }

    private static LabeledExample pair(String text, String textPair) {
        TextInput input =
                TextInput.newBuilder().setText(text).setTextPair(textPair).build();
        return Examples.builder("1", "", "entailment").setInput(input).build();
    }

    private static Optional<RejectionReason> reason(AdmissionLimits limits, LabeledExample example) {
        return new AdmissionPolicy(limits).judge(example, Examples.TIME).map(Rejection::reason);
    }
}
