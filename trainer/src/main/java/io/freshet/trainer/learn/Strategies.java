package io.freshet.trainer.learn;

import io.freshet.model.ModelOptions;
import io.freshet.model.torch.Seeds;
import io.freshet.trainer.learn.DiscriminantPlan.Head;
import io.freshet.trainer.learn.StrategyPlan.LossKind;
import io.freshet.trainer.learn.StrategyPlan.MemoryKind;
import io.freshet.trainer.learn.StrategyPlan.Numbers;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Restraint;
import io.freshet.trainer.learn.StrategyPlan.RetrievalKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a strategy together as a plan says, new or going on from a checkpoint. */
final class Strategies {

    private final StrategyPlan plan;
    private final long seed;
    private final ModelOptions options;
    private final Path model;
    private final Optional<SavedFiles> saved;

    private Strategies(LearnerSettings settings, ModelOptions options, Path model, Optional<SavedFiles> saved) {
        this.plan = settings.plan();
        this.seed = settings.seed();
        this.options = options;
        this.model = model;
        this.saved = saved;
    }

    /**
     * Returns a strategy that remembers nothing yet.
     *
     * @param model directory of the model that training begins with
     */
    static LearningStrategy fresh(LearnerSettings settings, ModelOptions options, Path model) {
        try {
            return new Strategies(settings, options, model, Optional.empty()).assemble();
        } catch (IOException e) {
            throw new UncheckedIOException("a new strategy cannot be made: " + e.getMessage(), e);
        }
    }

    /** Returns a strategy that goes on from files; what none of them holds begins anew. */
    static LearningStrategy restored(LearnerSettings settings, ModelOptions options, SavedFiles saved)
            throws IOException {
        return new Strategies(settings, options, saved.model(), Optional.of(saved)).assemble();
    }

    private LearningStrategy assemble() throws IOException {
        LearningStrategy strategy = innermost();
        try {
            for (Restraint restraint : plan.parts().restraints()) {
                strategy = around(strategy, restraint);
            }
            Head head = plan.strategy().head();
            return head == Head.NONE ? strategy : new DiscriminantBeside(strategy, discriminant(head));
        } catch (IOException | RuntimeException e) {
            strategy.close();
            throw e;
        }
    }

    private DiscriminantBeside.Made discriminant(Head head) throws IOException {
        Discriminants discriminants = new Discriminants(plan.discriminant(), head, options, Seeds.mix(seed, 1));
        return saved.isPresent() ? discriminants.restored(saved.get()) : discriminants.fresh(model);
    }

    private LearningStrategy innermost() throws IOException {
        Parts parts = plan.parts();
        return parts.memory() == MemoryKind.NONE || !plan.replay().on()
                ? new Naive()
                : new Rehearsal(
                        memory(parts.memory()),
                        plan.replay().ratio(),
                        retrieval(parts.retrieval()),
                        recipe(parts.loss()));
    }

    private Memory memory(MemoryKind kind) throws IOException {
        MemoryLimits limits = plan.replay().limits();
        Optional<ReplayFile> file = file(ReplayFile.NAME);
        if (kind == MemoryKind.BALANCED) {
            return file.isPresent() ? new BalancedMemory(limits, file.get()) : new BalancedMemory(limits, seed);
        }
        return file.isPresent() ? new UniformMemory(limits, file.get()) : new UniformMemory(limits, seed);
    }

    private Optional<ReplayFile> file(String name) throws IOException {
        if (saved.isEmpty() || !Files.exists(saved.get().trainer().resolve(name))) {
            return Optional.empty();
        }
        Path path = saved.get().trainer().resolve(name);
        return Optional.of(ReplayFile.read(path, saved.get().tokenizer()));
    }

    private Retrieval retrieval(RetrievalKind kind) {
        return switch (kind) {
            case RANDOM -> Retrieval.RANDOM;
            case INTERFERED -> new MostInterfered(plan.numbers().candidates());
        };
    }

    private Recipe recipe(LossKind kind) {
        return switch (kind) {
            case PLAIN -> Recipe.PLAIN;
            case DERPP ->
                new DarkExperience(
                        plan.numbers().derpp().alpha(), plan.numbers().derpp().beta());
            case ER_ACE -> new AsymmetricLoss();
        };
    }

    private LearningStrategy around(LearningStrategy inner, Restraint restraint) throws IOException {
        Numbers numbers = plan.numbers();
        return switch (restraint) {
            case EWC -> new OnlineEwc(inner, numbers.ewc(), seed, file(OnlineEwc.NAME));
            case L2_SP -> StartingPoint.of(inner, numbers.l2Sp(), saved);
            case SEQ -> Freezing.of(inner, numbers.seq(), saved);
            case LWF ->
                new Distillation(inner, numbers.lwf(), options, Distillation.first(numbers.lwf(), options, saved));
        };
    }
}
