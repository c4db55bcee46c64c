package io.freshet.evaluator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.core.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

    private static final String EVERYTHING = """
            primary: {metric: log-loss, margin: 0.02, within: 0.05}
            log-loss-clip: 4.0
            alpha: 0.1
            futility-alpha: 0.2
            pairs: {min: 500, max: 9000, patience: 700}
            lookback: 4000
            budget: alpha-spending
            anchor: {margin: 0.08}
            guards:
              log-loss: {margin: 0.03}
              brier: {margin: 0.04}
              calibration: {worse-by-at-most: 0.02}
              negative-flips: {at-most: 0.01}
              recall:
                - {label: refund, floor: 0.9, min-examples: 30}
                - {label: billing, floor: 0.8}
              latency: {ratio: 2.5, min-pairs: 50}
            slices:
              most: 50
              rules:
                - {by: task, margin: 0.06}
                - {by: attribute, attribute: channel, min-pairs: 300, margin: 0.07}
            superseded: queue
            approval: person
            watch: {pairs: 5000, alpha: 1e-5, tolerance: 0.01, bets: [0.3]}
            """;

    @Test
    void readsEveryKey() {
        GatePolicy policy = read(EVERYTHING);

        assertThat(policy)
                .isEqualTo(new GatePolicy(
                        "classification",
                        new Primary(Metric.LOG_LOSS, 0.02, OptionalDouble.of(0.05)),
                        4,
                        0.1,
                        0.2,
                        500,
                        9_000,
                        700,
                        4_000,
                        Budget.ALPHA_SPENDING,
                        OptionalDouble.of(0.08),
                        new Guards(
                                OptionalDouble.of(0.03),
                                OptionalDouble.of(0.04),
                                OptionalDouble.of(0.02),
                                OptionalDouble.of(0.01),
                                List.of(
                                        new Guards.RecallFloor("billing", 0.8, 50),
                                        new Guards.RecallFloor("refund", 0.9, 30)),
                                Optional.of(new Guards.LatencyLimit(2.5, 50))),
                        new Slices(
                                50,
                                List.of(
                                        new SliceRule(SliceRule.By.ATTRIBUTE, "channel", 300, 0.07),
                                        new SliceRule(SliceRule.By.TASK, "", 2_000, 0.06))),
                        Superseded.QUEUE,
                        Approval.PERSON,
                        Optional.of(new Watch(5_000, 1e-5, 0.01, List.of(0.3)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "# nothing but a comment"})
    void takesTheDefaultsWhereTheFileSaysNothing(String yaml) {
        assertThat(read(yaml)).isEqualTo(GatePolicy.DEFAULTS);
    }

    @Test
    void comparesLanguageModelsByBits() {
        GatePolicy policy = PolicyFile.fromYaml("primary: {margin: 0.05}", "causal-lm");

        assertThat(policy).isEqualTo(new GatePolicy(0.05, 0.05, 100, 5_000, 100, 2_000, "causal-lm", 0.05));
        assertThat(policy.marginBits()).isEqualTo(0.05);
    }

    @Test
    void watchesWithTheDesignsFiguresWhereTheyAreNotGiven() {
        assertThat(read("watch: {}").watch()).contains(Watch.DEFAULTS);
    }

    @Test
    void namesEveryProblemAtOnceWithItsPathValueAndRule() {
        List<String> problems = problems("""
                alpha: 1.5
                futility-alpha: NaN
                alhpa: 0.1
                pairs: {min: 10.5, max: none}
                primary: {metric: f1, margin: -1}
                budget: bonferroni
                guards:
                  latency: {}
                  brier: 3
                  recall: [{floor: 0}, refund]
                slices:
                  rules:
                    - {by: task, margin: 0.01}
                    - {by: task, margin: 0.02}
                    - {by: attribute, margin: 0.01}
                    - {by: label, attribute: x, margin: Infinity}
                watch: {bets: [0.5, 1.5], tolerance: 1}
                """);

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("alpha = 1.5 must be above 0 and below 1; "))
                .anyMatch(problem -> problem.startsWith("futility-alpha = \"NaN\" must be above 0 and below 1"))
                .anyMatch(problem -> problem.contains("alhpa is not a known setting; did you mean alpha?"))
                .anyMatch(problem -> problem.startsWith("pairs.min = 10.5 must be a whole number from 1"))
                .anyMatch(problem -> problem.startsWith("pairs.max = \"none\" must be a whole number"))
                .anyMatch(problem -> problem.startsWith("primary.metric = \"f1\" must be one of [accuracy, log-loss"))
                .anyMatch(problem -> problem.startsWith("primary.margin = -1 must be a finite number of at least 0"))
                .anyMatch(problem -> problem.startsWith("budget = \"bonferroni\" must be one of [e-lond"))
                .anyMatch(problem -> problem.startsWith("guards.latency.ratio is missing"))
                .anyMatch(problem -> problem.startsWith("guards.brier = 3 must be a mapping"))
                .anyMatch(problem -> problem.startsWith("guards.recall[0].label is missing"))
                .anyMatch(problem -> problem.startsWith("guards.recall[0].floor = 0 must be above 0 and at most 1"))
                .anyMatch(problem -> problem.startsWith("guards.recall[1] = \"refund\" must be a mapping"))
                .anyMatch(problem -> problem.contains("two rules for task; remove one of them"))
                .anyMatch(problem -> problem.startsWith("slices.rules[2].attribute is missing"))
                .anyMatch(problem -> problem.startsWith("slices.rules[3].attribute = x must be absent"))
                .anyMatch(
                        problem -> problem.startsWith("slices.rules[3].margin = \"Infinity\" must be a finite number"))
                .anyMatch(problem -> problem.startsWith("watch.bets = 1.5 must be a list of numbers"))
                .anyMatch(problem -> problem.startsWith("watch.tolerance = 1 must be at least 0 and below 1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pairs: {min: 500, max: 50}                            | pairs.min = 500 is above pairs.max = 50
            anchor: {margin: 1}                                   | anchor.margin = 1.0 must be below 1.0
            primary: {metric: log-loss, within: 7}                | primary.within = 7.0 must be below 5.0
            primary: {metric: bits}                               | primary.metric = bits does not fit objective
            guards: {recall: [{label: a, floor: 1}, {label: a, floor: 1}]} | two floors for label a
            objective: causal-lm                                  | make them equal
            alpha: [0.1]                                          | alpha = [0.1] must be
            - alpha                                               | the policy = ["alpha"] must be a mapping
            alpha: "0.1                                           | is malformed
            alpha: .nan                                           | line 1, column
            guards: {recall: [{label: no, floor: 0.5, at: 3}]}    | guards.recall[0].at is not a known setting
            watch: {bets: []}                                     | watch.bets = [] must be a list with at least one
            slices: {rules: {by: task}}                           | slices.rules = {"by":"task"} must be a list
            """)
    void refuses(String yaml, String message) {
        assertThat(problems(yaml)).hasSize(1);
        assertThat(problems(yaml).get(0)).contains(message);
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        assertThat(problems("alpha: 0.1\nalpha: 0.2").get(0))
                .contains("malformed")
                .contains("alpha");
    }

    @Test
    void refusesForLanguageModelsWhatOnlyAnswersHave() {
        ConfigException problem = catchThrowableOfType(
                ConfigException.class,
                () -> PolicyFile.fromYaml(
                        "guards: {negative-flips: {at-most: 0.1}}\nslices: {rules: [{by: label, margin: 0.1}]}",
                        "masked-lm"));

        assertThat(problem.problems()).hasSize(2);
    }

    @Test
    void theExampleThatIsDeployedIsSound() {
        Path file = Path.of(System.getProperty("freshet.root"), "deploy", "policy.yaml");

        GatePolicy policy = PolicyFile.read(file, "classification");

        assertThat(policy.watch()).contains(Watch.DEFAULTS);
        assertThat(policy.slices().rules()).hasSize(1);
        assertThat(policy.anchorMargin()).hasValue(0.01);
    }

    @Test
    void saysWhichFileCannotBeRead() {
        ConfigException problem = catchThrowableOfType(
                ConfigException.class, () -> PolicyFile.read(Path.of("no-such-policy.yaml"), "classification"));

        assertThat(problem).hasMessageContaining("policy file no-such-policy.yaml can't be read");
    }

    private static GatePolicy read(String yaml) {
        return PolicyFile.fromYaml(yaml, "classification");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).problems();
    }
}
