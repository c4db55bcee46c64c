package io.freshet.cli.audit;

import io.freshet.schemas.Evaluation;
import io.freshet.schemas.GuardFinding;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.SliceScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial that a checkpoint was in.
 *
 * @param role what the checkpoint was in it: candidate, champion or anchor
 * @param outcome what became of it; null while it is open
 * @param policy the main lines of the policy
 * @param figures where it stood at last; null where no evaluation was published
 * @param changes what the candidate changed in the champion's answers; null where the checkpoint was not the candidate
 */
public record TrialAccount(
        String id,
        int number,
        String kind,
        String role,
        String champion,
        String candidate,
        @Nullable String anchor,
        Instant opened,
        @Nullable Instant closed,
        @Nullable String outcome,
        String objective,
        double alpha,
        String policyHash,
        List<String> policy,
        @Nullable Figures figures,
        @Nullable Changes changes) {

    static final String WATCH = "watch";
    static final String CANDIDATE = "candidate";

    public TrialAccount {
        policy = List.copyOf(policy);
    }

    boolean watch() {
        return kind.equals(WATCH);
    }

    /** What was counted, and what it says; see the record Evaluation. */
    public record Figures(
            long pairs,
            long wins,
            long losses,
            Score championScore,
            Score candidateScore,
            double intervalLow,
            double intervalHigh,
            double logEValue,
            double logThreshold,
            String decision,
            String reason,
            @Nullable String detail,
            @Nullable Double logEValueWithin,
            @Nullable Double anchorLogEValue,
            @Nullable Double anchorLogThreshold,
            @Nullable Double logDetector,
            @Nullable Double logAlarm,
            List<Slice> slices,
            List<Guard> guards,
            List<Span> heldOut) {

        public Figures {
            slices = List.copyOf(slices);
            guards = List.copyOf(guards);
            heldOut = List.copyOf(heldOut);
        }

        static Figures of(Evaluation evaluation) {
            return new Figures(
                    evaluation.getPairs(),
                    evaluation.getWins(),
                    evaluation.getLosses(),
                    Score.of(evaluation.getChampionScore()),
                    Score.of(evaluation.getCandidateScore()),
                    evaluation.getIntervalLow(),
                    evaluation.getIntervalHigh(),
                    evaluation.getLogEValue(),
                    evaluation.getLogThreshold(),
                    evaluation.getDecision(),
                    evaluation.getReason(),
                    evaluation.getDetail(),
                    evaluation.getLogEValueWithin(),
                    evaluation.getAnchorLogEValue(),
                    evaluation.getAnchorLogThreshold(),
                    evaluation.getLogDetector(),
                    evaluation.getLogAlarm(),
                    evaluation.getSlices().stream().map(Slice::of).toList(),
                    evaluation.getGuards().stream().map(Guard::of).toList(),
                    evaluation.getRanges().stream().map(Span::of).toList());
        }
    }

    /** How good one of the two was. */
    public record Score(
            double accuracy, double logLoss, @Nullable Double bitsPerToken) {
        static Score of(ModelScore score) {
            return new Score(score.getAccuracy(), score.getLogLoss(), score.getBitsPerToken());
        }
    }

    /** How the two did on a slice. */
    public record Slice(String slice, long pairs, long wins, long losses, double logEValue, String state) {
        static Slice of(SliceScore score) {
            return new Slice(
                    score.getSlice(),
                    score.getPairs(),
                    score.getWins(),
                    score.getLosses(),
                    score.getLogEValue(),
                    score.getState());
        }
    }

    /** Where a guard stood. */
    public record Guard(String guard, double value, double limit, String state) {
        static Guard of(GuardFinding finding) {
            return new Guard(finding.getGuard(), finding.getValue(), finding.getLimit(), finding.getState());
        }
    }

    static TrialAccount of(
            Trial opened,
            Trial newest,
            String role,
            List<String> policy,
            @Nullable Evaluation evaluation,
            @Nullable Changes changes) {
        return new TrialAccount(
                opened.getId(),
                opened.getNumber(),
                opened.getKind(),
                role,
                opened.getChampion(),
                opened.getCandidate(),
                opened.getAnchor(),
                opened.getTime(),
                newest.getState().equals("open") ? null : newest.getTime(),
                newest.getOutcome(),
                opened.getObjective(),
                opened.getAlpha(),
                opened.getPolicyHash(),
                policy,
                evaluation == null ? null : Figures.of(evaluation),
                changes);
    }
}
