package io.freshet.cli.audit;

import java.util.Map;

/** The codes of the gate's records in words; a code that is not known here stays as it is. */
final class ReasonWords {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("evidence.reached", "the evidence for the candidate reached the threshold"),
            Map.entry("evidence.against", "the evidence says that the candidate is not better"),
            Map.entry("evidence.insufficient", "the evidence did not suffice yet"),
            Map.entry("pairs.maximum", "the most pairs that the policy allows were counted without a decision"),
            Map.entry("pairs.below.minimum", "fewer pairs than the policy's minimum were counted"),
            Map.entry("examples.exhausted", "every held-out example there was had been counted"),
            Map.entry("candidate.newer", "it was undecided on every example there was, and a newer candidate waited"),
            Map.entry("candidate.failed", "the candidate could not be scored"),
            Map.entry("objective.differs", "it was trained for something else than the gate compares"),
            Map.entry("vocabulary.differs", "its vocabulary is not the champion's"),
            Map.entry("evidence.within", "it was shown not to be worse by the policy's margin"),
            Map.entry("candidate.rejected", "a person rejected the candidate"),
            Map.entry("anchor.failed", "the anchor cannot be scored"),
            Map.entry("champion.moved", "another champion reigns meanwhile"),
            Map.entry("queue.full", "too many candidates waited already"),
            Map.entry("approval.person", "the policy leaves it to a person"),
            Map.entry("gate.held", "the gate was on hold"),
            Map.entry("watch.open", "the watch goes on"),
            Map.entry("watch.alarm", "the new champion was found to be worse"),
            Map.entry("watch.over", "it was watched for as long as the policy says"),
            Map.entry("predecessor.failed", "the champion before cannot be scored"),
            Map.entry("slice.open", "a slice was not shown to be no worse"),
            Map.entry("anchor.open", "it was not shown to be no worse than the anchor"),
            Map.entry("guard.open", "a guard was not shown to hold"),
            Map.entry("guard.latency", "it takes too long to answer"),
            Map.entry("promoted", "promoted"),
            Map.entry("passed", "passed; waits for a person, or for the gate to be let go"),
            Map.entry("futile", "not promoted: ended as futile"),
            Map.entry("failed", "not promoted: failed"),
            Map.entry("abandoned", "not promoted: abandoned for a newer candidate"),
            Map.entry("rejected", "not promoted: rejected by a person"),
            Map.entry("rolled.back", "ended by a rollback"),
            Map.entry("watched", "watched to the end: the promoted champion stays"),
            Map.entry("initial", "as the first checkpoint there was"),
            Map.entry("promotion", "promoted on the evidence"),
            Map.entry("approval", "approved by a person on the evidence"),
            Map.entry("rollback", "by a rollback"));

    private ReasonWords() {}

    static String of(String code) {
        return WORDS.getOrDefault(code, code);
    }
}
