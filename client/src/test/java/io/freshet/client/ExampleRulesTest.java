package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.BinaryInput;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void letsASoundExamplePass() {
        assertThatCode(() -> check(example())).doesNotThrowAnyException();
    }

    @Test
    void letsAnExampleWithoutALabelPass() {
        assertThatCode(() -> check(example().clearLabel())).doesNotThrowAnyException();
    }

    @Test
    void refusesABlankId() {
        assertThatThrownBy(() -> check(example().setId(" "))).hasMessageContaining("id is blank");
    }

    @Test
    void refusesABlankText() {
        assertThatThrownBy(() -> check(example().setInput(text("\n\t")))).hasMessageContaining("text is blank");
    }

    @Test
    void refusesEmptyContent() {
        assertThatThrownBy(() -> check(example().setInput(new BinaryInput(ByteBuffer.allocate(0), "image/png"))))
                .hasMessageContaining("content is empty");
    }

    @Test
    void refusesABlankLabel() {
        assertThatThrownBy(() -> check(example().setLabel(""))).hasMessageContaining("label is blank");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.5})
    void refusesAWeightThatIsNotAFiniteNumberOfAtLeastZero(double weight) {
        assertThatThrownBy(() -> check(example().setWeight(weight))).hasMessageContaining("weight " + weight);
    }

    @Test
    void refusesATimeInWrongUnits() {
        Instant microseconds = Instant.ofEpochMilli(NOW.toEpochMilli() * 1_000);

        assertThatThrownBy(() -> check(example().setEventTime(microseconds))).hasMessageContaining("milliseconds?");
    }

    @Test
    void letsClocksDifferByAnHour() {
        assertThatCode(() -> check(example().setEventTime(NOW.plus(Duration.ofHours(1)))))
                .doesNotThrowAnyException();
    }

    @Test
    void namesEveryMistakeAndTheExample() {
        assertThatThrownBy(() -> check(example().setId("x7").setLabel("").setWeight(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x7'")
                .hasMessageContaining("label")
                .hasMessageContaining("weight");
    }

    private static LabeledExample.Builder example() {
        return LabeledExample.newBuilder()
                .setId("e1")
                .setInput(text("hello"))
                .setLabel("greeting")
                .setEventTime(NOW);
    }

    private static TextInput text(String text) {
        return TextInput.newBuilder().setText(text).build();
    }

    private static void check(LabeledExample.Builder example) {
        ExampleRules.check(example.build(), NOW);
    }
}
