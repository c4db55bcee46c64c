package io.freshet.trainer.checkpoint;

import io.freshet.schemas.DriftAlarm;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.StepCut;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies between two checkpoints.
 *
 * @param from offset of each partition at which it begins
 * @param to offset of each partition at which it ends, exclusive, gaps included
 * @param cuts its micro-batches
 * @param rejections its records that were not learned from
 * @param alarms changes of the stream that its examples showed
 */
public record Segment(
        List<Long> from, List<Long> to, List<StepCut> cuts, List<RejectedExample> rejections, List<DriftAlarm> alarms) {
    public Segment {
        from = List.copyOf(from);
        to = List.copyOf(to);
        cuts = List.copyOf(cuts);
        rejections = List.copyOf(rejections);
        alarms = List.copyOf(alarms);
        if (from.size() != to.size()) {
            throw new IllegalArgumentException("%d beginnings but %d ends".formatted(from.size(), to.size()));
        }
        for (int p = 0; p < from.size(); p++) {
            if (to.get(p) < from.get(p)) {
                throw new IllegalArgumentException(
                        "partition %d ends at %d, before its beginning %d".formatted(p, to.get(p), from.get(p)));
            }
        }
    }

    /** Returns the segment of a genesis: nothing, at {@code starts}. */
    public static Segment empty(List<Long> starts) {
        return new Segment(starts, starts, List.of(), List.of(), List.of());
    }

    List<OffsetRange> ranges() {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int p = 0; p < from.size(); p++) {
            ranges.add(new OffsetRange(p, from.get(p), to.get(p)));
        }
        return ranges;
    }
}
