package io.freshet.trainer;

import io.freshet.schemas.DriftAlarm;
import io.freshet.trainer.learn.BatchReport;
import java.util.List;
import java.util.Locale;

/** Alarms of the learner as records and as text. */
final class Alarms {

    private Alarms() {}

    static List<DriftAlarm> of(BatchReport report) {
        return report.alarms().stream()
                .map(alarm ->
                        new DriftAlarm(alarm.detector(), alarm.at(), alarm.since(), alarm.before(), alarm.after()))
                .toList();
    }

    static String text(io.freshet.trainer.drift.DriftAlarm alarm) {
        return String.format(
                Locale.ROOT,
                "the stream changed: %s at example %d saw %.3f become %.3f since about example %d",
                alarm.detector(),
                alarm.at(),
                alarm.before(),
                alarm.after(),
                alarm.since());
    }
}
