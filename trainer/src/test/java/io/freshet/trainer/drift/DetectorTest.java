package io.freshet.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.trainer.learn.SplitMix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every detector must do with its default settings, on seeded streams of right and wrong predictions. The measured
 * figures, which {@code docs/drift.md} quotes, are part of each test's output.
 */
class DetectorTest {

    private static final int STREAMS = 20;
    private static final int LONG = 10_000;
    private static final int CHANGE = 2_000;
    private static final JsonMapper JSON = new JsonMapper();

    private static Detector open(Detection detection, Detector.@Nullable State state) {
        return Sensitivity.DEFAULT.open(detection, state, 5);
    }

    /** Right and wrong predictions, wrong with a probability that changes once. */
    private static double[] stream(int seed, int length, double before, int change, double after) {
        SplitMix generator = new SplitMix(seed * 1_000_003L);
        double[] errors = new double[length];
        for (int i = 0; i < length; i++) {
            double uniform = (generator.next() >>> 11) * 0x1.0p-53;
            errors[i] = uniform < (i < change ? before : after) ? 1 : 0;
        }
        return errors;
    }

    private static List<Change> rises(Detector detector, double[] errors) {
        List<Change> rises = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            detector.observe(i, errors[i]).filter(Change::rose).ifPresent(rises::add);
        }
        return rises;
    }

    static Stream<Arguments> falseAlarms() {
        // most alarms allowed over 20 streams of 10,000, by error rate: measured (see docs/drift.md), and room for as
        // many
        // again and three, since the streams are other ones there
        return Stream.of(
                Arguments.of(Detection.ADWIN, 3, 3, 3),
                Arguments.of(Detection.PAGE_HINKLEY, 3, 3, 4),
                Arguments.of(Detection.DDM, 12, 5, 3),
                Arguments.of(Detection.KSWIN, 3, 3, 5));
    }

    @ParameterizedTest
    @MethodSource("falseAlarms")
    void raisesFewAlarmsWhereNothingChanges(Detection detection, int atLow, int atMiddle, int atHigh) {
        double[] rates = {0.02, 0.2, 0.5};
        int[] allowed = {atLow, atMiddle, atHigh};
        int streams = detection == Detection.KSWIN ? STREAMS / 10 : STREAMS; // it takes microseconds an observation
        for (int r = 0; r < rates.length; r++) {
            int alarms = 0;
            for (int seed = 0; seed < streams; seed++) {
                alarms += rises(open(detection, null), stream(seed, LONG, rates[r], LONG, 0))
                        .size();
            }
            System.out.printf(
                    "%s at an error of %.2f: %d false alarms in %d%n",
                    detection.key(), rates[r], alarms, streams * LONG);
            assertThat(alarms).as("%s at %s", detection, rates[r]).isLessThanOrEqualTo(allowed[r]);
        }
    }

    static Stream<Arguments> delays() {
        // longest mean delay allowed: about one and a half times what docs/drift.md says was measured
        return Stream.of(
                Arguments.of(Detection.ADWIN, 0.2, 0.4, 210, 20),
                Arguments.of(Detection.ADWIN, 0.1, 0.6, 40, 20),
                Arguments.of(Detection.PAGE_HINKLEY, 0.2, 0.4, 260, 20),
                Arguments.of(Detection.PAGE_HINKLEY, 0.1, 0.6, 80, 20),
                Arguments.of(Detection.DDM, 0.2, 0.4, 1_200, 12),
                Arguments.of(Detection.DDM, 0.1, 0.6, 360, 20),
                Arguments.of(Detection.KSWIN, 0.2, 0.4, 310, 17),
                Arguments.of(Detection.KSWIN, 0.1, 0.6, 125, 20));
    }

    @ParameterizedTest
    @MethodSource("delays")
    void seesAKnownChangeSoonAndSaysWhenItBegan(
            Detection detection, double before, double after, double longest, int fewestSeen) {
        int seen = 0;
        double delay = 0;
        double distance = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            double[] errors = stream(seed, 3 * CHANGE, before, CHANGE, after);
            Detector detector = open(detection, null);
            for (int i = 0; i < errors.length; i++) {
                Optional<Change> change = detector.observe(i, errors[i]).filter(Change::rose);
                if (i >= CHANGE && change.isPresent()) {
                    seen++;
                    delay += i - CHANGE;
                    distance += Math.abs(change.get().since() - CHANGE);
                    assertThat(change.get().since()).isBetween(0L, (long) i);
                    break;
                }
            }
        }
        System.out.printf(
                "%s from %.2f to %.2f: seen in %d of %d, after %.0f, begun within %.0f%n",
                detection.key(), before, after, seen, STREAMS, delay / seen, distance / seen);
        assertThat(seen).isGreaterThanOrEqualTo(fewestSeen);
        assertThat(delay / seen).isLessThanOrEqualTo(longest);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void seesTheSameAfterItsStateWasWrittenAndRead(Detection detection) throws IOException {
        double[] errors = stream(3, 6_000, 0.1, 2_500, 0.5);
        Detector whole = open(detection, null);
        Detector restored = open(detection, null);
        int changes = 0;
        for (int i = 0; i < errors.length; i++) {
            if (i % 613 == 0) {
                String json = JSON.writeValueAsString(restored.state());
                Detector.State state = JSON.readValue(json, Detector.State.class);
                assertThat(state).isEqualTo(restored.state());
                restored = open(detection, state);
            }
            Optional<Change> change = whole.observe(i, errors[i]);
            assertThat(restored.observe(i, errors[i])).isEqualTo(change);
            changes += change.isPresent() ? 1 : 0;
        }
        assertThat(changes).isPositive();
        assertThat(restored.state()).isEqualTo(whole.state());
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void beginsAnewFromWhatAnotherDetectorLeft(Detection detection) {
        Detection other = detection == Detection.ADWIN ? Detection.DDM : Detection.ADWIN;
        assertThat(open(detection, open(other, null).state()).state())
                .isEqualTo(open(detection, null).state());
    }

    static Stream<Arguments> outside() {
        return Stream.of(
                Arguments.of(Detection.ADWIN, -0.5),
                Arguments.of(Detection.ADWIN, 1.0000001),
                Arguments.of(Detection.ADWIN, Double.NaN),
                Arguments.of(Detection.PAGE_HINKLEY, Double.POSITIVE_INFINITY),
                Arguments.of(Detection.PAGE_HINKLEY, Double.NaN),
                Arguments.of(Detection.DDM, 0.5),
                Arguments.of(Detection.DDM, Double.NaN),
                Arguments.of(Detection.KSWIN, Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void refusesAnObservationOutsideItsRangeNamingIt(Detection detection, double value) {
        Detector detector = open(detection, null);
        Detector.State before = detector.state();
        assertThatThrownBy(() -> detector.observe(0, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes observations in")
                .hasMessageContaining(String.valueOf(value));
        assertThat(detector.state()).isEqualTo(before);
    }
}
