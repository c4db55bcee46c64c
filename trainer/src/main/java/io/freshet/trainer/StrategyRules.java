package io.freshet.trainer;

import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.trainer.learn.DiscriminantPlan.Head;
import io.freshet.trainer.learn.StrategyPlan.LossKind;
import io.freshet.trainer.learn.StrategyPlan.MemoryKind;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Restraint;
import io.freshet.trainer.learn.StrategyPlan.RetrievalKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules between the settings of how forgetting is fought, and between these and others. */
final class StrategyRules {

    private static final Set<String> PARTS = Set.of(
            StrategySettings.STRATEGY,
            StrategySettings.MEMORY,
            StrategySettings.RETRIEVAL,
            StrategySettings.LOSS,
            StrategySettings.RESTRAINTS);

    private StrategyRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(and(ModelSettings.OBJECTIVE), StrategyRules::labelsThatAreNotThere),
            new SettingsRule(
                    and(StrategySettings.REPLAY_SIZE, StrategySettings.REPLAY_RATIO),
                    StrategyRules::replayWithoutMemory),
            new SettingsRule(PARTS, StrategyRules::twoHoldersOfWeights),
            new SettingsRule(DiscriminantSettings.WEIGHTS, DiscriminantSettings::nobodyAnswers),
            new SettingsRule(and(StrategySettings.LWF_TEACHER), StrategyRules::teacherThatIsNotThere)
        };
    }

    private static Set<String> and(String... more) {
        Set<String> keys = new HashSet<>(PARTS);
        keys.addAll(List.of(more));
        return keys;
    }

    private static Optional<String> labelsThatAreNotThere(Settings settings) {
        Parts parts = StrategySettings.partsOf(settings);
        boolean plain = parts.memory() != MemoryKind.BALANCED
                && parts.retrieval() == RetrievalKind.RANDOM
                && parts.loss() == LossKind.PLAIN
                && parts.restraints().isEmpty()
                && StrategySettings.resolved(settings).head() == Head.NONE;
        return plain || ModelSettings.needsLabels(settings)
                ? Optional.empty()
                : Optional.of(
                        "%s = %s with %s needs the labels of a classifier, but %s = %s has none; choose naive or replay, and leave the other strategy.* keys out"
                                .formatted(
                                        StrategySettings.STRATEGY,
                                        settings.string(StrategySettings.STRATEGY),
                                        described(parts),
                                        ModelSettings.OBJECTIVE,
                                        settings.string(ModelSettings.OBJECTIVE)));
    }

    private static Optional<String> replayWithoutMemory(Settings settings) {
        Parts parts = StrategySettings.partsOf(settings);
        boolean chooses = parts.retrieval() != RetrievalKind.RANDOM || parts.loss() != LossKind.PLAIN;
        boolean keeps = parts.memory() != MemoryKind.NONE
                && settings.integer(StrategySettings.REPLAY_SIZE) > 0
                && settings.decimal(StrategySettings.REPLAY_RATIO) > 0;
        return chooses && !keeps
                ? Optional.of(
                        "%s = %s with %s replays, but nothing is kept or replayed (%s = %d, %s = %s); give it a memory, or choose another strategy"
                                .formatted(
                                        StrategySettings.STRATEGY,
                                        settings.string(StrategySettings.STRATEGY),
                                        described(parts),
                                        StrategySettings.REPLAY_SIZE,
                                        settings.integer(StrategySettings.REPLAY_SIZE),
                                        StrategySettings.REPLAY_RATIO,
                                        settings.decimal(StrategySettings.REPLAY_RATIO)))
                : Optional.empty();
    }

    private static Optional<String> twoHoldersOfWeights(Settings settings) {
        List<Restraint> restraints = StrategySettings.partsOf(settings).restraints();
        return restraints.containsAll(List.of(Restraint.EWC, Restraint.L2_SP))
                ? Optional.of(
                        "%s = %s and %s = %s: ewc and l2-sp both hold weights to be pulled to, of which there are one set; choose one"
                                .formatted(
                                        StrategySettings.STRATEGY,
                                        settings.string(StrategySettings.STRATEGY),
                                        StrategySettings.RESTRAINTS,
                                        String.join(",", settings.list(StrategySettings.RESTRAINTS))))
                : Optional.empty();
    }

    private static Optional<String> teacherThatIsNotThere(Settings settings) {
        String teacher = settings.string(StrategySettings.LWF_TEACHER);
        return StrategySettings.partsOf(settings).restraints().contains(Restraint.LWF)
                        && !teacher.isEmpty()
                        && !Files.isDirectory(Path.of(teacher))
                ? Optional.of(
                        "%s = %s is not a directory; name one that holds a model, or leave it empty for copies of the model itself"
                                .formatted(StrategySettings.LWF_TEACHER, teacher))
                : Optional.empty();
    }

    private static String described(Parts parts) {
        return "memory %s, retrieval %s, loss %s, restraints %s"
                .formatted(
                        parts.memory().key(),
                        parts.retrieval().key(),
                        parts.loss().key(),
                        parts.restraints().stream().map(Restraint::key).toList());
    }
}
