package io.freshet.evaluator.gate;

import io.freshet.schemas.GuardFinding;
import io.freshet.schemas.SliceScore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a trial stands, by the policy written in it. What is costly is only looked up when it is asked for. */
final class Standing {

    private final Evidence evidence;
    private final Rules rules;
    private final SliceTallies slices;
    private final GuardTallies guards;

    Standing(Evidence evidence, Rules rules, SliceTallies slices, GuardTallies guards) {
        this.evidence = evidence;
        this.rules = rules;
        this.slices = slices;
        this.guards = guards;
    }

    /** What keeps a candidate from being promoted that has shown enough against the champion. */
    record Block(String reason, String detail) {}

    Evidence evidence() {
        return evidence;
    }

    Rules rules() {
        return rules;
    }

    List<SliceScore> slices() {
        return slices.scores(rules);
    }

    List<GuardFinding> guards() {
        return guards.findings(rules, evidence);
    }

    double logEvidence() {
        return evidence.logEvidence(rules);
    }

    /** Returns what {@link #logEvidence} must reach. */
    double logThreshold() {
        return -Math.log(rules.levelOfEither());
    }

    /** Returns ln E for not being worse by the margin; null where the policy does not promote on that. */
    @Nullable
    Double logEvidenceWithin() {
        return rules.policy().primary().within().isPresent()
                ? evidence.differences().within().logWealth()
                : null;
    }

    /** Returns ln E for not being worse than the anchor by the margin; null where the policy does not ask for it. */
    @Nullable
    Double logEvidenceAnchor() {
        return rules.anchorMargin().isPresent()
                ? evidence.differences().anchor().logWealth()
                : null;
    }

    /** Returns what {@link #logEvidenceAnchor} must reach. */
    double logThresholdAnchor() {
        return -Math.log(rules.alpha());
    }

    /** Returns on what the candidate has shown enough against the champion, as a reason code; empty where it has not. */
    Optional<String> reached() {
        if (logEvidence() >= logThreshold()) {
            return Optional.of("evidence.reached");
        }
        Double within = logEvidenceWithin();
        return within != null && within >= logThreshold() ? Optional.of("evidence.within") : Optional.empty();
    }

    /** Returns why the candidate is too slow, in words; empty where it is not. */
    Optional<String> tooSlow() {
        return guards.latency(rules)
                .filter(finding -> finding.getState().equals(GuardTallies.FAILED))
                .map(finding -> "it takes %.2f times as long an example as the champion, and the policy allows %s times"
                        .formatted(finding.getValue(), finding.getLimit()));
    }

    /** Returns the first thing that blocks: the anchor, a slice, a guard; empty where nothing does. */
    Optional<Block> block() {
        Double anchor = logEvidenceAnchor();
        if (anchor != null && anchor < logThresholdAnchor()) {
            return Optional.of(new Block(
                    "anchor.open",
                    "it is not shown to be worse than the anchor %s by less than %s"
                            .formatted(
                                    rules.trial().getAnchor(),
                                    rules.anchorMargin().orElseThrow())));
        }
        List<String> worse = slices().stream()
                .filter(slice -> slice.getState().equals(SliceTallies.OPEN))
                .map(SliceScore::getSlice)
                .toList();
        if (!worse.isEmpty()) {
            return Optional.of(new Block(
                    "slice.open", "not shown to be worse by less than the margin: " + String.join(", ", worse)));
        }
        List<String> failing = guards().stream()
                .filter(guard -> guard.getState().equals(SliceTallies.OPEN))
                .map(guard -> "%s is %.4f against %.4f".formatted(guard.getGuard(), guard.getValue(), guard.getLimit()))
                .toList();
        return failing.isEmpty() ? Optional.empty() : Optional.of(new Block("guard.open", String.join(", ", failing)));
    }
}
