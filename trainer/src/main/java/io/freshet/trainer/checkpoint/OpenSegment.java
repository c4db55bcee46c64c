package io.freshet.trainer.checkpoint;

import io.freshet.schemas.DriftAlarm;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.StepCut;
import java.util.ArrayList;
import java.util.List;

/** The segment that is being learned from: collects cuts and rejections until the next checkpoint closes it. */
public final class OpenSegment {

    private List<Long> from;
    private List<StepCut> cuts = new ArrayList<>();
    private List<RejectedExample> rejections = new ArrayList<>();
    private List<DriftAlarm> alarms = new ArrayList<>();
    private long records;

    public OpenSegment(List<Long> from) {
        this.from = List.copyOf(from);
    }

    /**
     * Adds a micro-batch.
     *
     * @param learned examples learned from
     * @param rejected its records that were not learned from
     * @param seen changes of the stream that its examples showed
     */
    public void add(StepCut cut, int learned, List<RejectedExample> rejected, List<DriftAlarm> seen) {
        cuts.add(cut);
        rejections.addAll(rejected);
        alarms.addAll(seen);
        records += learned + rejected.size();
    }

    /** Returns the records of the segment so far. */
    public long records() {
        return records;
    }

    /** Returns whether its examples showed a change of the stream. */
    public boolean alarmed() {
        return !alarms.isEmpty();
    }

    /** Returns whether any offset lies between the beginning and {@code to}; gaps count. */
    public boolean reaches(List<Long> to) {
        return !from.equals(to);
    }

    /** Returns the segment up to {@code to} and begins the next one there. */
    public Segment close(List<Long> to) {
        Segment segment = new Segment(from, to, cuts, rejections, alarms);
        from = segment.to();
        cuts = new ArrayList<>();
        rejections = new ArrayList<>();
        alarms = new ArrayList<>();
        records = 0;
        return segment;
    }
}
