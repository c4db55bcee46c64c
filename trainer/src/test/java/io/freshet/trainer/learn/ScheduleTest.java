package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.trainer.learn.Schedule.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    private static Schedule of(Shape shape, double peak, long warmUp) {
        return new Schedule(shape, peak, warmUp, 104, 0.1);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void risesLinearlyToItsPeakWhateverFollows(Shape shape) {
        Schedule rate = of(shape, 0.4, 4);
        assertThat(rate.at(1)).isEqualTo(0.1);
        assertThat(rate.at(2)).isEqualTo(0.2);
        assertThat(rate.at(4)).isEqualTo(0.4);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void isReadFromTheNameItIsWrittenAs(Shape shape) {
        assertThat(Shape.of(shape.key())).isEqualTo(shape);
        assertThat(Shape.INVERSE_SQRT.key()).isEqualTo("inverse-sqrt");
    }

    @Test
    void staysAtItsPeakWhereItIsConstant() {
        Schedule rate = Schedule.constant(0.4, 4);
        assertThat(rate.at(5)).isEqualTo(0.4);
        assertThat(rate.at(1_000_000)).isEqualTo(0.4);
        assertThat(Schedule.constant(0.4, 0).at(1)).isEqualTo(0.4);
    }

    @Test
    void fallsAlongACosineToItsFloorAndStaysThere() {
        Schedule rate = of(Shape.COSINE, 1, 4);
        assertThat(rate.at(54)).isCloseTo(0.55, within(1e-15)); // 0.1 + 0.9 (1 + cos 90°) / 2
        assertThat(rate.at(29)).isCloseTo(0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2, within(1e-15)); // cos 45°
        assertThat(rate.at(104)).isCloseTo(0.1, within(1e-15));
        assertThat(rate.at(1_000_000)).isEqualTo(rate.at(104));
    }

    @Test
    void fallsWithTheInverseSquareRootOfTheStep() {
        Schedule rate = of(Shape.INVERSE_SQRT, 1, 4);
        assertThat(rate.at(16)).isEqualTo(0.5);
        assertThat(rate.at(400)).isEqualTo(0.1);
    }

    @Test
    void neverRisesAfterTheWarmUp() {
        for (Shape shape : Shape.values()) {
            Schedule rate = of(shape, 1, 4);
            for (long step = 4; step < 300; step++) {
                assertThat(rate.at(step + 1)).as("%s, step %d", shape, step).isLessThanOrEqualTo(rate.at(step));
            }
        }
    }

    @Test
    void keepsItsCourseWithAnotherPeak() {
        assertThat(of(Shape.COSINE, 1, 4).withPeak(0.5).at(54)).isCloseTo(0.275, within(1e-15));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> Schedule.constant(0, 1)).hasMessageContaining("peak");
        assertThatThrownBy(() -> Schedule.constant(Double.NaN, 1)).hasMessageContaining("peak");
        assertThatThrownBy(() -> Schedule.constant(1, -1)).hasMessageContaining("warmUp");
        assertThatThrownBy(() -> new Schedule(Shape.COSINE, 1, 5, 5, 0)).hasMessageContaining("horizon 5");
        assertThatThrownBy(() -> new Schedule(Shape.COSINE, 1, 5, 9, 1.1)).hasMessageContaining("floor");
        assertThatThrownBy(() -> new Schedule(Shape.INVERSE_SQRT, 1, 0, 0, 0)).hasMessageContaining("warmUp is 0");
    }
}
