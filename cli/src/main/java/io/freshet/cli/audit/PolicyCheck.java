package io.freshet.cli.audit;

import io.freshet.core.config.ConfigException;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether the policy in the trial is the one whose hash it carries, was in force to the end, and is what the trial went by. */
final class PolicyCheck {

    private final CaseFile file;
    private final List<String> wrong = new ArrayList<>();

    private PolicyCheck(CaseFile file) {
        this.file = file;
    }

    static Check of(CaseFile file) {
        PolicyCheck check = new PolicyCheck(file);
        check.hashes();
        check.bounds();
        return Check.of("policy", "hash " + file.opened().getPolicyHash(), check.wrong);
    }

    private void hashes() {
        Trial trial = file.opened();
        String policy = trial.getPolicy();
        if (policy == null) {
            wrong.add("the trial does not carry its policy: it was opened by an older version of the gate");
        } else if (!trial.getPolicyHash().equals(RecordedPolicy.hash(policy))) {
            wrong.add("the trial carries the hash %s, its policy has %s"
                    .formatted(trial.getPolicyHash(), RecordedPolicy.hash(policy)));
        }
        if (!trial.getPolicyHash().equals(file.closed().getPolicyHash())
                || !Objects.equals(policy, file.closed().getPolicy())) {
            wrong.add("the policy was another one when the trial closed, with the hash "
                    + file.closed().getPolicyHash());
        }
        if (!trial.getPolicyHash().equals(file.evaluation().getPolicyHash())) {
            wrong.add("the evaluation was made under another policy, with the hash "
                    + file.evaluation().getPolicyHash());
        }
    }

    private void bounds() {
        Trial trial = file.opened();
        if (trial.getPolicy() == null) {
            return;
        }
        try {
            GatePolicy policy = GatePolicy.fromJson(trial.getPolicy());
            equal("pairs at least", policy.minPairs(), trial.getMinPairs());
            equal("pairs at most", policy.maxPairs(), trial.getMaxPairs());
            equal("patience", policy.patience(), trial.getPatience());
            equal("futility alpha", policy.futilityAlpha(), trial.getFutilityAlpha());
            equal("margin in bits", policy.marginBits(), trial.getMarginBits());
            equal("objective", policy.objective(), trial.getObjective());
        } catch (ConfigException e) {
            wrong.add("what the trial carries is no policy: " + e.getMessage());
        }
    }

    private void equal(String what, Object policy, Object trial) {
        if (!policy.equals(trial)) {
            wrong.add("%s: the policy says %s, the trial went by %s".formatted(what, policy, trial));
        }
    }
}
