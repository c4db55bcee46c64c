package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.core.config.ConfigException;
import io.freshet.evaluator.policy.GatePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateConfigTest {

    private static final Map<String, String> LEAST =
            Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:2");

    @Test
    void hasTheDesignsPolicyByDefault() {
        assertThat(GateConfig.from(LEAST).policy()).isEqualTo(new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_000));
    }

    @Test
    void namesEveryProblemAtOnce() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("gate.alpha", "1.5");
        given.put("gate.pairs.min", "500");
        given.put("gate.pairs.max", "50");
        given.put("gate.lokback", "7");

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> GateConfig.from(given));

        assertThat(problem.problems()).hasSize(3);
        assertThat(problem).hasMessageContaining("gate.alpha").hasMessageContaining("must be above 0 and below 1");
        assertThat(problem).hasMessageContaining("gate.pairs.min = 500 is above gate.pairs.max = 50");
        assertThat(problem).hasMessageContaining("did you mean gate.lookback");
    }

    @Test
    void comparesLanguageModelsWhereTheObjectiveSaysSo() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("objective", "causal-lm");
        given.put("gate.margin.bits", "0.05");

        GatePolicy policy = GateConfig.from(given).policy();

        assertThat(policy).isEqualTo(new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_000, "causal-lm", 0.05));
        assertThat(policy.hash()).isNotEqualTo(GatePolicy.DEFAULTS.hash());
    }

    @Test
    void refusesAMarginInBitsForClassifiers() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("gate.margin.bits", "0.05");

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> GateConfig.from(given));

        assertThat(problem)
                .hasMessageContaining("gate.margin.bits = 0.05 is for language models")
                .hasMessageContaining("objective = classification");
    }

    @Test
    void givesAnotherPolicyAnotherHash() {
        GatePolicy defaults = GatePolicy.DEFAULTS;
        GatePolicy other = new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_001);

        assertThat(defaults.hash())
                .hasSize(64)
                .isEqualTo(GateConfig.from(LEAST).policy().hash());
        assertThat(other.hash()).isNotEqualTo(defaults.hash());
    }

    @Test
    void takesThePolicyFromTheFileThatIsNamed(@TempDir Path directory) throws IOException {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put(
                "gate.policy",
                policy(directory, "alpha: 0.1\nguards: {latency: {ratio: 3}}").toString());
        given.put("gate.alpha", "0.10"); // the same once more is no contradiction

        GatePolicy policy = GateConfig.from(given).policy();

        assertThat(policy.alpha()).isEqualTo(0.1);
        assertThat(policy.guards().latency()).isPresent();
    }

    @Test
    void namesSettingsThatContradictThePolicyFileAndEverythingElseThatIsWrong(@TempDir Path directory)
            throws IOException {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("gate.policy", policy(directory, "alpha: 0.1").toString());
        given.put("gate.alpha", "0.2");
        given.put("gate.pairs.max", "7000");
        given.put("gate.lokback", "7");

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> GateConfig.from(given));

        assertThat(problem.problems()).hasSize(3);
        assertThat(problem)
                .hasMessageContaining("gate.alpha = 0.2 contradicts alpha = 0.1 of the policy file")
                .hasMessageContaining("gate.pairs.max = 7000 contradicts pairs.max = 5000.0")
                .hasMessageContaining("gate.lokback");
    }

    @Test
    void namesEveryProblemOfThePolicyFileWithItsName(@TempDir Path directory) throws IOException {
        Map<String, String> given = new HashMap<>(LEAST);
        Path file = policy(directory, "alpha: 7\npairs: {least: 1}");
        given.put("gate.policy", file.toString());

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> GateConfig.from(given));

        assertThat(problem.problems()).hasSize(2).allMatch(each -> each.startsWith("policy file " + file + ": "));
    }

    private static Path policy(Path directory, String yaml) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), yaml);
    }
}
