package io.freshet.ingest;

import io.freshet.ingest.labels.DelayBuckets;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of {@code labels}, in all, as committed. Each is counted in one place: joined, corrected,
 * repeated, outdated, waiting, expired or rejected.
 *
 * @param joined labels that an example without one (or with an older one that came later) went on with
 * @param corrected labels that replaced another one of an example on the training side; each is a record of
 *     {@code examples.train}, not among the trained
 * @param correctedHeldOut the same of examples held out, which stay as they were
 * @param correctedRejected the same of examples that were rejected for their text's side
 * @param repeated labels that said what was known
 * @param outdated labels older than another one of the same id
 * @param waiting labels that wait for their example now
 * @param expired labels whose example did not come in time, or had left
 * @param rejected labels sent to {@code examples.rejected}, by reason code
 * @param rate share of examples sent without a label that have got one, in [0, 1]; empty if there are none
 * @param delay how long examples waited for their labels
 * @param answers how the champion did on examples before their labels came
 */
public record LabelCounts(
        long joined,
        long corrected,
        long correctedHeldOut,
        long correctedRejected,
        long repeated,
        long outdated,
        long waiting,
        long expired,
        SortedMap<String, Long> rejected,
        OptionalDouble rate,
        Delay delay,
        Answers answers) {

    private static final String RECENT = "answers.recent";
    private static final String RECENT_RIGHT = "answers.recent.right";

    public LabelCounts {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    /**
     * How long examples waited for labels that came after them.
     *
     * @param examples how many
     * @param meanMillis exact; empty if there are none
     * @param medianMillis within 5 %; empty if there are none
     */
    public record Delay(long examples, OptionalDouble meanMillis, OptionalDouble medianMillis) {}

    /**
     * Delayed prequential accuracy: the champion's answers at event time, scored when the labels came.
     *
     * @param scored answers whose label is known
     * @param right those of them that were right
     * @param recent the last of them, 1,024 of each task at most
     * @param recentRight those of the recent ones that were right
     */
    public record Answers(long scored, long right, long recent, long recentRight) {
        /** Share of right answers, in [0, 1]; empty if none is scored. */
        public OptionalDouble accuracy() {
            return share(right, scored);
        }

        /** The same over the recent ones. */
        public OptionalDouble recentAccuracy() {
            return share(recentRight, recent);
        }

        private static OptionalDouble share(long part, long whole) {
            return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
        }
    }

    static LabelCounts of(Map<String, Long> sums) {
        return new LabelCounts(
                sums.getOrDefault(LabelTally.JOINED, 0L),
                sums.getOrDefault(Tally.CORRECTED, 0L),
                sums.getOrDefault(Tally.CORRECTED_HELD_OUT, 0L),
                sums.getOrDefault(Tally.CORRECTED_REJECTED, 0L),
                sums.getOrDefault(LabelTally.REPEATED, 0L),
                sums.getOrDefault(LabelTally.OUTDATED, 0L),
                sums.getOrDefault(LabelTally.HELD, 0L),
                sums.getOrDefault(LabelTally.UNMATCHED, 0L),
                IngestCounts.behind(Tally.LABEL_REJECTED_PREFIX, sums),
                rate(sums),
                delay(sums),
                new Answers(
                        sums.getOrDefault(LabelTally.SCORED, 0L),
                        sums.getOrDefault(LabelTally.RIGHT, 0L),
                        sums.getOrDefault(RECENT, 0L),
                        sums.getOrDefault(RECENT_RIGHT, 0L)));
    }

    /** Returns what can be added up over tasks of the ring of one task's recent answers. */
    static Map<String, Long> recent(Map<String, Long> task) {
        long scored = task.getOrDefault(LabelTally.SCORED, 0L);
        long right = IngestCounts.behind(LabelTally.RING_PREFIX, task).values().stream()
                .mapToLong(Long::bitCount)
                .sum();
        return Map.of(RECENT, Math.min(scored, LabelTally.RECENT), RECENT_RIGHT, right);
    }

    private static OptionalDouble rate(Map<String, Long> sums) {
        long joined = sums.getOrDefault(LabelTally.JOINED, 0L);
        long without = joined + sums.getOrDefault(LabelTally.WAITING, 0L) + sums.getOrDefault(LabelTally.EXPIRED, 0L);
        return without == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) joined / without);
    }

    private static Delay delay(Map<String, Long> sums) {
        long examples = sums.getOrDefault(LabelTally.DELAYED, 0L);
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        IngestCounts.behind(LabelTally.DELAY_PREFIX, sums)
                .forEach((bucket, count) -> buckets.put(Integer.valueOf(bucket), count));
        return new Delay(
                examples,
                examples == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) sums.getOrDefault(LabelTally.DELAY_SUM, 0L) / examples),
                DelayBuckets.median(buckets));
    }

    /** Labels that changed what was known of an example. */
    public long corrections() {
        return corrected + correctedHeldOut + correctedRejected;
    }

    /** Records accounted for: equals the labels published once all of them are ingested. */
    public long total() {
        return joined
                + corrections()
                + repeated
                + outdated
                + waiting
                + expired
                + rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
