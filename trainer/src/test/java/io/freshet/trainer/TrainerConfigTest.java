package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.core.config.ConfigException;
import io.freshet.model.Objective;
import io.freshet.model.Precision;
import io.freshet.model.Tuning;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.drift.Detection;
import io.freshet.trainer.drift.DriftPolicy;
import io.freshet.trainer.drift.Reaction;
import io.freshet.trainer.learn.ClassWeights;
import io.freshet.trainer.learn.LearnerSettings;
import io.freshet.trainer.learn.Strategy;
import io.freshet.trainer.learn.StrategyPlan.LossKind;
import io.freshet.trainer.learn.StrategyPlan.MemoryKind;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Restraint;
import io.freshet.trainer.learn.StrategyPlan.RetrievalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerConfigTest {

    private static Map<String, String> with(String... more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "http://127.0.0.1:2",
                "checkpoint.store", "file:///tmp/store"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return given;
    }

    @Test
    void theDefaultsAreUsable() {
        TrainerConfig config = TrainerConfig.from(with());
        assertThat(config.identity()).isEqualTo("freshet-trainer");
        assertThat(config.learner().labelLimit()).isEqualTo(1_000);
        assertThat(config.cutLimits().examples()).isPositive();
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> TrainerConfig.from(
                        with("batch.size", "0", "learning.rate", "two", "trainer.strategy", "hope", "lables.max", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("batch.size")
                .hasMessageContaining("learning.rate")
                .hasMessageContaining("trainer.strategy")
                .hasMessageContaining("did you mean labels.max?");
    }

    @Test
    void watchesTheStreamAsItIsTold() {
        assertThat(TrainerConfig.from(with()).learner().drift().on()).isTrue();
        assertThat(TrainerConfig.from(with("drift.detector", "none"))
                        .learner()
                        .drift()
                        .on())
                .isFalse();
        DriftPolicy policy = TrainerConfig.from(with(
                        "drift.detector", "page-hinkley", "drift.features", "mmd", "drift.reaction", "rewarm,shrink"))
                .learner()
                .drift();
        assertThat(policy.errors()).isEqualTo(Detection.PAGE_HINKLEY);
        assertThat(policy.features()).isTrue();
        assertThat(policy.reactions()).containsExactlyInAnyOrder(Reaction.REWARM, Reaction.SHRINK);
    }

    @Test
    void refusesWatchesThatCannotWork() {
        assertThatThrownBy(() -> TrainerConfig.from(with(
                        "drift.kswin.recent",
                        "600",
                        "drift.detector",
                        "ddm",
                        "objective",
                        "masked-lm",
                        "drift.reaction",
                        "panic",
                        "drift.adwin.delta",
                        "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("drift.kswin.recent = 600 is more than half of drift.kswin.window = 1000")
                .hasMessageContaining("drift.detector = ddm counts wrong answers")
                .hasMessageContaining("drift.reaction")
                .hasMessageContaining("drift.adwin.delta");
    }

    @Test
    void theDefaultsTrainAllWeightsInFullPrecisionAtAConstantRate() {
        TrainerConfig config = TrainerConfig.from(with());
        assertThat(config.objective()).isEqualTo(Objective.CLASSIFICATION);
        assertThat(config.modelOptions().precision()).isEqualTo(Precision.FP32);
        assertThat(config.modelOptions().tuning()).isEqualTo(new Tuning.Full());
        LearnerSettings learner = config.learner();
        assertThat(learner.optimizer().rate().at(1_000_000)).isEqualTo(5e-4);
        assertThat(learner.optimizer().headRate().at(1_000_000)).isEqualTo(3e-3);
        assertThat(learner.plan().strategy()).isEqualTo(Strategy.ENSEMBLE);
        assertThat(learner.optimizer().averageDecay()).isZero();
        assertThat(learner.loss()).isEqualTo(LearnerSettings.Loss.PLAIN);
        assertThat(learner.batches().ofCut()).isEqualTo(learner.batches().limits());
    }

    @Test
    void readsWhichWeightsAreTrained() {
        assertThat(tuning("trainer.tuning", "head")).isEqualTo(new Tuning.HeadOnly());
        assertThat(tuning("trainer.tuning", "top:2")).isEqualTo(new Tuning.TopLayers(2));
        assertThat(tuning(
                        "trainer.tuning", "lora",
                        "trainer.lora.rank", "4",
                        "trainer.lora.alpha", "8",
                        "trainer.lora.dropout", "0.1",
                        "trainer.lora.targets", "query, value"))
                .isEqualTo(new Tuning.Lora(4, 8, 0.1, List.of("query", "value")));
    }

    private static Tuning tuning(String... more) {
        return TrainerConfig.from(with(more)).modelOptions().tuning();
    }

    @Test
    void readsScheduleWindowAndLoss() {
        LearnerSettings learner = TrainerConfig.from(with(
                        "learning.rate.schedule", "cosine",
                        "learning.rate.horizon.steps", "1000",
                        "learning.label.smoothing", "0.1",
                        "learning.class.weights", "balanced",
                        "learning.ema.decay", "0.99",
                        "batch.size", "8",
                        "batch.tokens", "500",
                        "batch.accumulation", "2",
                        "batch.window", "4"))
                .learner();
        assertThat(learner.optimizer().rate().at(1_000)).isCloseTo(5e-5, within(1e-12));
        assertThat(learner.optimizer().averageDecay()).isEqualTo(0.99);
        assertThat(learner.loss()).isEqualTo(new LearnerSettings.Loss(0.1, new ClassWeights.Balanced()));
        assertThat(learner.batches().ofStep()).isEqualTo(new CutLimits(16, 1_000));
        assertThat(learner.batches().ofCut()).isEqualTo(new CutLimits(64, 4_000));
    }

    @Test
    void namesEveryProblemOfTuningScheduleAndLossAtOnce() {
        assertThatThrownBy(() -> TrainerConfig.from(with(
                        "objective", "masked-lm",
                        "trainer.tuning", "top:0",
                        "trainer.lora.rank", "0",
                        "precision", "fp16",
                        "device", "gpu",
                        "learning.rate.schedule", "cosine",
                        "learning.rate.horizon.steps", "50",
                        "learning.class.weights", "no/such/file.json",
                        "learning.ema.decay", "1",
                        "batch.window", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("9 configuration problem(s)")
                .hasMessageContaining("must be full, head, lora or top:K")
                .hasMessageContaining("trainer.lora.rank")
                .hasMessageContaining("precision")
                .hasMessageContaining("device")
                .hasMessageContaining("learning.rate.horizon.steps = 50 is not above learning.warmup.steps = 50")
                .hasMessageContaining("file.json is not a file")
                .hasMessageContaining("weighs labels, but objective = masked-lm learns from none")
                .hasMessageContaining("learning.ema.decay")
                .hasMessageContaining("batch.window");
    }

    @Test
    void anInverseSquareRootNeedsAWarmUp() {
        assertThatThrownBy(() -> TrainerConfig.from(
                        with("learning.rate.schedule", "inverse-sqrt", "learning.warmup.steps", "0")))
                .hasMessageContaining("learning.warmup.steps = 0; give it at least 1 step");
    }

    @Test
    void theHashFollowsWhatAFileOfClassWeightsSays(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("weights.json"), "{\"a\": 2}");
        String hash = TrainerConfig.from(with("learning.class.weights", file.toString()))
                .hash();
        Files.writeString(file, "{\"a\": 3}");
        assertThat(TrainerConfig.from(with("learning.class.weights", file.toString()))
                        .hash())
                .isNotEqualTo(hash);
    }

    @Test
    void theHashFollowsWhatDecidesTheWeightsAndNothingElse() {
        String hash = TrainerConfig.from(with()).hash();
        assertThat(TrainerConfig.from(with("checkpoint.every.examples", "7")).hash())
                .isEqualTo(hash);
        assertThat(TrainerConfig.from(with("learning.rate", "1e-5")).hash()).isNotEqualTo(hash);
        for (String[] decisive : List.of(
                new String[] {"replay.ratio", "0"},
                new String[] {"objective", "masked-lm"},
                new String[] {"precision", "bf16"},
                new String[] {"trainer.tuning", "head"},
                new String[] {"learning.rate.schedule", "inverse-sqrt"},
                new String[] {"learning.class.weights", "balanced"},
                new String[] {"learning.ema.decay", "0.9"},
                new String[] {"batch.window", "2"})) {
            assertThat(TrainerConfig.from(with(decisive)).hash())
                    .as(decisive[0])
                    .isNotEqualTo(hash);
        }
    }

    @Test
    void everySettingIsDescribed() {
        TrainerConfig.DEFINITION
                .configKeys()
                .forEach((key, definition) ->
                        assertThat(definition.documentation).as(key).endsWith("."));
    }

    @Test
    void aStrategysNameSaysItsPartsAndSettingsBesideItChangeThem() {
        Parts named = TrainerConfig.from(with("trainer.strategy", "er-ace"))
                .learner()
                .plan()
                .parts();
        assertThat(named).isEqualTo(new Parts(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.ER_ACE, List.of()));
        Parts changed = TrainerConfig.from(with(
                        "trainer.strategy", "er-ace",
                        "strategy.memory", "balanced",
                        "strategy.retrieval", "interfered",
                        "strategy.restraints", "lwf, ewc"))
                .learner()
                .plan()
                .parts();
        assertThat(changed)
                .isEqualTo(new Parts(
                        MemoryKind.BALANCED,
                        RetrievalKind.INTERFERED,
                        LossKind.ER_ACE,
                        List.of(Restraint.EWC, Restraint.LWF)));
    }

    @Test
    void everyStrategyCanBeNamed() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(TrainerConfig.from(with("trainer.strategy", strategy.key()))
                            .learner()
                            .plan()
                            .parts())
                    .isEqualTo(strategy.parts());
        }
    }

    @Test
    void namesEveryProblemOfAStrategyAtOnce() {
        assertThatThrownBy(() -> TrainerConfig.from(with(
                        "objective", "masked-lm",
                        "trainer.strategy", "mir",
                        "replay.size", "0",
                        "strategy.restraints", "ewc,l2-sp,lwf",
                        "strategy.lwf.teacher", "/nowhere/at all",
                        "strategy.ewc.keep", "2")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("needs the labels of a classifier, but objective = masked-lm has none")
                .hasMessageContaining("nothing is kept or replayed (replay.size = 0")
                .hasMessageContaining("ewc and l2-sp both hold weights")
                .hasMessageContaining("/nowhere/at all is not a directory")
                .hasMessageContaining("strategy.ewc.keep");
    }

    @Test
    void aLanguageModelMayReplay() {
        assertThat(TrainerConfig.from(with("objective", "masked-lm", "trainer.strategy", "replay"))
                        .learner()
                        .plan()
                        .strategy())
                .isEqualTo(Strategy.REPLAY);
    }
}
