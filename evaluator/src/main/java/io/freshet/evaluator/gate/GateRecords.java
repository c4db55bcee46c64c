package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Watch;
import io.freshet.evaluator.statistics.Interval;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes down what the gate says, as the records of its topics. */
final class GateRecords {

    static final String OPEN = "open";
    static final String CLOSED = "closed";

    private GateRecords() {}

    /** @param anchor null where the policy asks for none */
    static Trial open(
            Reign reign,
            GatePolicy policy,
            CheckpointManifest champion,
            CheckpointManifest candidate,
            @Nullable CheckpointManifest anchor,
            Offsets first,
            Instant time) {
        return compare(policy, champion, candidate, first, time)
                .setId("t%06d-%s".formatted(reign.trials(), candidate.getId()))
                .setNumber(reign.trials())
                .setAlpha(policy.level(reign.trials(), reign.promotions()))
                .setMinPairs(policy.minPairs())
                .setMaxPairs(policy.maxPairs())
                .setPatience(policy.patience())
                .setAnchor(anchor == null ? null : anchor.getId())
                .setAnchorFiles(
                        anchor == null || anchor.getId().equals(champion.getId()) ? List.of() : modelFiles(anchor))
                .build();
    }

    /** A watch costs nothing of the error budget and has number 0; its alpha is the detector's. */
    static Trial watch(
            Reign reign,
            GatePolicy policy,
            Watch watch,
            CheckpointManifest champion,
            CheckpointManifest predecessor,
            Offsets first,
            Instant time) {
        return compare(policy, champion, predecessor, first, time)
                .setId("w%06d-%s".formatted(reign.sequence(), champion.getId()))
                .setKind(Comparison.KIND_WATCH)
                .setNumber(0)
                .setAlpha(watch.alpha())
                .setMinPairs(1)
                .setMaxPairs(watch.pairs())
                .setPatience(watch.pairs())
                .build();
    }

    private static Trial.Builder compare(
            GatePolicy policy, CheckpointManifest champion, CheckpointManifest candidate, Offsets first, Instant time) {
        return Trial.newBuilder()
                .setFutilityAlpha(policy.futilityAlpha())
                .setChampion(champion.getId())
                .setCandidate(candidate.getId())
                .setFirstOffsets(first.byPartition())
                .setPolicyHash(policy.hash())
                .setPolicy(policy.canonicalJson())
                .setObjective(policy.objective())
                .setMarginBits(policy.marginBits())
                .setState(OPEN)
                .setOutcome(null)
                .setChampionFiles(modelFiles(champion))
                .setCandidateFiles(modelFiles(candidate))
                .setStore(candidate.getStore())
                .setTime(time);
    }

    static Trial closed(Trial trial, String outcome, Instant time) {
        return Trial.newBuilder(trial)
                .setState(CLOSED)
                .setOutcome(outcome)
                .setTime(time)
                .build();
    }

    /**
     * Writes a pair down.
     *
     * @param third the anchor's score; null where the trial has no anchor beside the champion, or it could not be scored. One over
     *     another vocabulary says nothing
     */
    static Pair pair(
            Trial trial, long index, ExampleScore champion, ExampleScore candidate, @Nullable ExampleScore third) {
        boolean comparable = third != null && Objects.equals(third.getMaxBits(), candidate.getMaxBits());
        ExampleScore anchor = comparable ? third : null;
        return Pair.newBuilder()
                .setTrial(trial.getId())
                .setIndex(index)
                .setPartition(candidate.getPartition())
                .setOffset(candidate.getOffset())
                .setExampleId(candidate.getExampleId())
                .setGroup(candidate.getGroup())
                .setTask(candidate.getTask())
                .setAttributes(candidate.getAttributes())
                .setLabel(candidate.getLabel())
                .setChampionPredicted(champion.getPredicted())
                .setCandidatePredicted(candidate.getPredicted())
                .setChampionProbability(champion.getProbability())
                .setCandidateProbability(candidate.getProbability())
                .setChampionLatencyMicros(champion.getLatencyMicros())
                .setCandidateLatencyMicros(candidate.getLatencyMicros())
                .setChampionBits(champion.getBitsPerToken())
                .setCandidateBits(candidate.getBitsPerToken())
                .setMaxBits(candidate.getMaxBits())
                .setChampionConfidence(champion.getPredictedProbability())
                .setCandidateConfidence(candidate.getPredictedProbability())
                .setChampionBrier(champion.getBrier())
                .setCandidateBrier(candidate.getBrier())
                .setAnchorPredicted(anchor == null ? null : anchor.getPredicted())
                .setAnchorProbability(anchor == null ? null : anchor.getProbability())
                .setAnchorBrier(anchor == null ? null : anchor.getBrier())
                .setAnchorBits(anchor == null ? null : anchor.getBitsPerToken())
                .build();
    }

    /** @param used end of the offsets that were used, by partition */
    static Evaluation evaluation(
            Standing standing, Offsets used, ModelScore champion, ModelScore candidate, Verdict verdict, Instant time) {
        Trial trial = standing.rules().trial();
        Evidence evidence = standing.evidence();
        Interval interval = evidence.interval(standing.rules());
        Double anchor = standing.logEvidenceAnchor();
        return Evaluation.newBuilder()
                .setTrial(trial.getId())
                .setNumber(trial.getNumber())
                .setChampion(trial.getChampion())
                .setCandidate(trial.getCandidate())
                .setPairs(evidence.pairs())
                .setWins(evidence.wins())
                .setLosses(evidence.losses())
                .setChampionScore(champion)
                .setCandidateScore(candidate)
                .setIntervalLow(interval.low())
                .setIntervalHigh(interval.high())
                .setLogEValue(standing.logEvidence())
                .setLogThreshold(standing.logThreshold())
                .setLogEValueWithin(standing.logEvidenceWithin())
                .setAnchor(anchor == null ? null : trial.getAnchor())
                .setAnchorLogEValue(anchor)
                .setAnchorLogThreshold(anchor == null ? null : standing.logThresholdAnchor())
                .setSlices(standing.slices())
                .setGuards(standing.guards())
                .setAlpha(trial.getAlpha())
                .setDecision(verdict.decision().code())
                .setReason(verdict.reason())
                .setDetail(verdict.detail())
                .setKind(trial.getKind())
                .setNegativeFlips(negativeFlips(evidence))
                .setObjective(trial.getObjective())
                .setRanges(ranges(new Offsets(trial.getFirstOffsets()), used))
                .setPolicyHash(trial.getPolicyHash())
                .setTime(time)
                .build();
    }

    private static @Nullable Double negativeFlips(Evidence evidence) {
        return evidence instanceof AnswerEvidence answers && answers.pairs() > 0
                ? answers.flips().rate()
                : null;
    }

    /** Returns the files that make up a checkpoint's model, without those that training alone needs. */
    static List<ModelFile> modelFiles(CheckpointManifest manifest) {
        return manifest.getFiles().stream()
                .filter(file -> file.getRole().equals("model"))
                .map(file -> new ModelFile(file.getPath(), file.getSha256(), file.getSize()))
                .toList();
    }

    private static List<OffsetRange> ranges(Offsets first, Offsets used) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int partition = 0; partition < used.partitions(); partition++) {
            long from = first.of(partition);
            ranges.add(new OffsetRange(partition, from, Math.max(from, used.of(partition))));
        }
        return ranges;
    }
}
