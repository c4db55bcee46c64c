package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateUnderPolicy.CANDIDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.PolicyFile;
import io.freshet.schemas.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {

    private static final String OLD = "pairs: {min: 20}\nguards: {latency: {ratio: 2.0, min-pairs: 20}}";
    private static final GatePolicy NEW = PolicyFile.fromYaml("pairs: {min: 30}", "classification");

    @Test
    void writesThePolicyIntoTheTrialThatOpensUnderIt() {
        Trial trial = new GateUnderPolicy(OLD).trial();

        assertThat(trial.getPolicy())
                .isEqualTo(PolicyFile.fromYaml(OLD, "classification").canonicalJson());
        assertThat(trial.getPolicyHash())
                .isEqualTo(PolicyFile.fromYaml(OLD, "classification").hash());
    }

    @Test
    void judgesAnOpenTrialByThePolicyWrittenInItAndTheNextOneByTheNew() {
        GateUnderPolicy gate = new GateUnderPolicy(OLD).wins(10);

        gate.restart(NEW);
        for (int i = 0; i < 10; i++) {
            gate.pair(false, true, score -> score.setLatencyMicros(100), score -> score.setLatencyMicros(900));
        }

        assertThat(gate.standing().getReason()).as("by the old policy").isEqualTo("guard.latency");
        gate.publish(2);
        List<Trial> trials = gate.all(Trial.class);
        Trial next = trials.get(trials.size() - 1);
        assertThat(next.getCandidate()).isNotEqualTo(CANDIDATE);
        assertThat(next.getPolicyHash()).isEqualTo(NEW.hash());
        assertThat(next.getMinPairs()).isEqualTo(30);
    }
}
