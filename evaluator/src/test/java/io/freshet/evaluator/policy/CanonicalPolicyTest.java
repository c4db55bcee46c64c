package io.freshet.evaluator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.core.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPolicyTest {

    /** Trials carry this text and its hash, so it may not change by itself. */
    private static final String DEFAULTS =
            "{\"alpha\":0.05,\"anchor\":null,\"approval\":\"automatic\",\"budget\":\"e-lond\","
                    + "\"futility-alpha\":0.05,\"guards\":{\"brier\":null,\"calibration\":null,\"latency\":null,\"log-loss\":null,"
                    + "\"negative-flips\":null,\"recall\":[]},\"log-loss-clip\":5.0,\"lookback\":2000,"
                    + "\"objective\":\"classification\",\"pairs\":{\"max\":5000,\"min\":100,\"patience\":100},"
                    + "\"primary\":{\"margin\":0.0,\"metric\":\"accuracy\",\"within\":null},"
                    + "\"slices\":{\"most\":200,\"rules\":[]},\"superseded\":\"newest\",\"watch\":null}";

    @Test
    void writesAllDefaultsOutSorted() {
        assertThat(GatePolicy.DEFAULTS.canonicalJson()).isEqualTo(DEFAULTS);
    }

    @Test
    void hasTheHashOfItsText() {
        // printf '%s' "$TEXT" | sha256sum
        assertThat(GatePolicy.DEFAULTS.hash())
                .isEqualTo("e911d85e7e191e8c19dc72f3047af870c0f9057b9bb34404b1b1fc3d1fc45b15");
    }

    @Test
    void givesEqualPoliciesTheSameHashHoweverTheyAreWritten() {
        GatePolicy one = read("alpha: 1e-1\nwatch: {alpha: 0.000001}\nslices: {rules: [{by: task, margin: 0.10},"
                + " {by: label, margin: 2e-1}]}");
        GatePolicy other = read("slices:\n  rules:\n  - by: label\n    margin: 0.2\n  - margin: .1\n    by: task\n"
                + "    min-pairs: 2000\nwatch: {pairs: 20000}\nalpha: 0.10");

        assertThat(other.hash()).isEqualTo(one.hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha: 0.06",
                "pairs: {max: 5001}",
                "anchor: {margin: 0.01}",
                "guards: {calibration: {worse-by-at-most: 0.0}}",
                "slices: {most: 199}",
                "watch: {}",
                "approval: person",
                "superseded: queue",
                "budget: alpha-spending",
                "primary: {metric: brier}",
                "primary: {within: 0.01}"
            })
    void givesAnotherPolicyAnotherHashAndReadsItBack(String yaml) {
        GatePolicy policy = read(yaml);

        assertThat(policy.hash()).isNotEqualTo(GatePolicy.DEFAULTS.hash());
        assertThat(GatePolicy.fromJson(policy.canonicalJson())).isEqualTo(policy);
        assertThat(GatePolicy.fromJson(policy.canonicalJson()).canonicalJson()).isEqualTo(policy.canonicalJson());
    }

    @Test
    void refusesATextThatIsNoPolicy() {
        assertThat(catchThrowableOfType(ConfigException.class, () -> GatePolicy.fromJson("{\"alpha\":2}"))
                        .problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("objective is missing"));
        assertThat(catchThrowableOfType(ConfigException.class, () -> GatePolicy.fromJson("{}{}")))
                .hasMessageContaining("malformed");
    }

    private static GatePolicy read(String yaml) {
        return PolicyFile.fromYaml(yaml, "classification");
    }
}
