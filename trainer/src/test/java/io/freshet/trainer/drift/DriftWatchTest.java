package io.freshet.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.trainer.drift.DriftPolicy.Forgetting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DriftWatchTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    private static DriftPolicy policy(Detection detection, Forgetting forgetting) {
        return new DriftPolicy(
                detection,
                Sensitivity.DEFAULT,
                true,
                new Windows(0.01, 50),
                EnumSet.of(Reaction.ALARM, Reaction.SHRINK),
                forgetting,
                10);
    }

    /** Predictions of label i modulo 4, one in ten wrong; from 600 on those of "a" and "b" nearly always. */
    private static Outcome outcome(int i) {
        boolean swapped = i >= 600 && i % 4 < 2;
        return new Outcome(swapped == (i % 10 != 0) ? 1 : 0, LABELS.get(i % 4), true);
    }

    private static DriftWatch.Findings observe(DriftWatch watch, int i, Outcome outcome) {
        return observe(watch, i, outcome, /* features= */ false);
    }

    private static DriftWatch.Findings observe(DriftWatch watch, int i, Outcome outcome, boolean features) {
        return watch.observe(
                i,
                List.of(outcome),
                List.of(new WatchedText("text " + i, null)),
                texts -> texts.stream()
                        .map(text -> new float[] {features ? text.text().hashCode() % 100 : 0, 1})
                        .toList());
    }

    @Test
    void namesTheLabelsWhoseMeaningChangedAndNoOthers() {
        DriftWatch watch = new DriftWatch(policy(Detection.ADWIN, new Forgetting(0, true)), DriftWatch.State.EMPTY, 1);
        Set<String> overturned = new TreeSet<>();
        List<DriftAlarm> alarms = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            DriftWatch.Findings findings = observe(watch, i, outcome(i));
            alarms.addAll(findings.alarms());
            for (Obsolete obsolete : findings.obsolete()) {
                assertThat(obsolete.before()).isBetween(560L, 640L);
                LABELS.stream().filter(obsolete::covers).forEach(overturned::add);
            }
        }
        assertThat(overturned).containsExactly("a", "b");
        assertThat(alarms).isNotEmpty();
        DriftAlarm first = alarms.get(0);
        assertThat(first.detector()).isEqualTo("adwin");
        assertThat(first.at()).isBetween(600L, 700L);
        assertThat(first.before()).isLessThan(0.2);
        assertThat(first.after()).isGreaterThan(0.4);
        assertThat(watch.last()).contains(alarms.get(alarms.size() - 1));
    }

    @Test
    void everyLabelIsMeantWhereThePolicySaysSoOrThereIsNone() {
        for (Forgetting forgetting : List.of(new Forgetting(0.5, false), new Forgetting(0.5, true))) {
            DriftWatch watch = new DriftWatch(policy(Detection.PAGE_HINKLEY, forgetting), DriftWatch.State.EMPTY, 1);
            List<Obsolete> obsolete = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Outcome outcome = outcome(i);
                obsolete.addAll(observe(
                                watch,
                                i,
                                new Outcome(outcome.error(), forgetting.contradicted() ? null : outcome.label(), true))
                        .obsolete());
            }
            assertThat(obsolete).isNotEmpty();
            assertThat(obsolete.get(0).labels()).isEqualTo(Optional.empty());
            assertThat(obsolete.get(0).covers(null)).isTrue();
            assertThat(obsolete.get(0).covers("c")).isTrue();
        }
    }

    @Test
    void labelsThatAreNewAreNotLookedAt() {
        DriftWatch watch = new DriftWatch(policy(Detection.ADWIN, new Forgetting(0, true)), DriftWatch.State.EMPTY, 1);
        for (int i = 0; i < 2_000; i++) {
            boolean fresh = i >= 1_000;
            DriftWatch.Findings findings = observe(watch, i, new Outcome(fresh ? 1 : 0, fresh ? "new" : "old", !fresh));
            assertThat(findings.alarms()).noneMatch(alarm -> alarm.detector().equals("adwin"));
            assertThat(findings.obsolete()).isEmpty();
        }
    }

    @Test
    void aModelThatBecomesBetterIsNoAlarm() {
        DriftWatch watch = new DriftWatch(policy(Detection.ADWIN, new Forgetting(0, true)), DriftWatch.State.EMPTY, 1);
        for (int i = 0; i < 2_000; i++) {
            Outcome outcome = new Outcome(i < 500 || i % 10 == 0 ? 1 : 0, "a", true);
            assertThat(observe(watch, i, outcome).alarms())
                    .noneMatch(alarm -> alarm.detector().equals("adwin"));
        }
    }

    @Test
    void findsTheSameAfterItsStateWasWrittenAndRead() throws IOException {
        for (Detection detection : List.of(Detection.ADWIN, Detection.PAGE_HINKLEY, Detection.DDM, Detection.KSWIN)) {
            DriftPolicy policy = policy(detection, new Forgetting(0, true));
            DriftWatch whole = new DriftWatch(policy, DriftWatch.State.EMPTY, 7);
            DriftWatch restored = new DriftWatch(policy, DriftWatch.State.EMPTY, 7);
            boolean alarmed = false;
            for (int i = 0; i < 1_500; i++) {
                if (i % 97 == 0) {
                    String json = JSON.writeValueAsString(restored.state());
                    restored = new DriftWatch(policy, JSON.readValue(json, DriftWatch.State.class), 7);
                }
                DriftWatch.Findings findings = observe(whole, i, outcome(i), /* features= */ true);
                assertThat(observe(restored, i, outcome(i), /* features= */ true))
                        .isEqualTo(findings);
                alarmed |= findings.alarms().stream()
                        .anyMatch(alarm -> alarm.detector().equals(detection.key()));
            }
            assertThat(alarmed).as("%s", detection).isTrue();
            assertThat(JSON.writeValueAsString(restored.state())).isEqualTo(JSON.writeValueAsString(whole.state()));
        }
    }
}
