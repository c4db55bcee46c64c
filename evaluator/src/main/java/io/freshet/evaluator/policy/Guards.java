package io.freshet.evaluator.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a candidate may not worsen, whatever the primary metric says; what is empty is not asked for.
 *
 * @param logLossMargin the log-loss is shown to be worse by less than this, nats, above 0
 * @param brierMargin the Brier score is shown to be worse by less than this, in (0, 2)
 * @param calibration the expected calibration error may be higher by at most this, in [0, 1)
 * @param negativeFlips at most this share of all pairs was right and is wrong, in [0, 1)
 * @param recall least recalls of single labels, each label once
 * @param latency how much slower it may be; a candidate that is slower is rejected
 */
public record Guards(
        OptionalDouble logLossMargin,
        OptionalDouble brierMargin,
        OptionalDouble calibration,
        OptionalDouble negativeFlips,
        List<RecallFloor> recall,
        Optional<LatencyLimit> latency) {

    public static final Guards NONE = new Guards(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(),
            Optional.empty());

    /** Examples of a label below which its recall says little, unless a policy says otherwise. */
    public static final long MIN_EXAMPLES = 50;

    /** Pairs below which latencies say little, unless a policy says otherwise. */
    public static final long MIN_LATENCIES = 100;

    public Guards {
        recall =
                recall.stream().sorted(Comparator.comparing(RecallFloor::label)).toList();
    }

    /**
     * The least recall of a label.
     *
     * @param label the label's name
     * @param floor in (0, 1]
     * @param minExamples pairs of the label below which nothing is said of it, at least 1
     */
    public record RecallFloor(String label, double floor, long minExamples) {
        public RecallFloor {
            if (!(floor > 0 && floor <= 1) || minExamples < 1) { // written so that NaN fails too
                throw new IllegalArgumentException(
                        "floor %s of %s must be in (0, 1], its minimum of examples %d at least 1"
                                .formatted(floor, label, minExamples));
            }
        }
    }

    /**
     * The greatest latency.
     *
     * @param ratio the candidate's mean latency over the champion's, above 0
     * @param minPairs pairs below which nothing is said, at least 1
     */
    public record LatencyLimit(double ratio, long minPairs) {
        public LatencyLimit {
            if (!(ratio > 0 && ratio <= Double.MAX_VALUE) || minPairs < 1) { // written so that NaN fails too
                throw new IllegalArgumentException(
                        "ratio %s must be above 0 and finite, minPairs %d at least 1".formatted(ratio, minPairs));
            }
        }
    }

    /** Whether there is a guard that only answers of a classifier can be held against. */
    boolean ofAnswers() {
        return logLossMargin.isPresent()
                || brierMargin.isPresent()
                || calibration.isPresent()
                || negativeFlips.isPresent()
                || !recall.isEmpty();
    }
}
