package io.freshet.trainer.learn;

import io.freshet.trainer.learn.DiscriminantPlan.Head;
import io.freshet.trainer.learn.StrategyPlan.LossKind;
import io.freshet.trainer.learn.StrategyPlan.MemoryKind;
import io.freshet.trainer.learn.StrategyPlan.Named;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Restraint;
import io.freshet.trainer.learn.StrategyPlan.RetrievalKind;

/** The strategies that can be chosen by name: each names the parts that it is put together from. */
public enum Strategy implements Named {
    /** {@link #ENSEMBLE} for a classifier, {@link #REPLAY} for a language model. */
    DEFAULT,
    /** The new examples alone: {@link Naive}. */
    NAIVE,
    /** The new examples and examples of a uniform memory: {@link Rehearsal}. */
    REPLAY,
    /** Of a memory that is even between labels: {@link BalancedMemory}. */
    REPLAY_BALANCED,
    /** Those that the new examples would harm most: {@link MostInterfered}. */
    MIR,
    /** With the logits they had: {@link DarkExperience}. */
    DERPP,
    /** With a softmax of the new labels for new examples: {@link AsymmetricLoss}. */
    ER_ACE,
    /** Holding weights by how much they matter: {@link OnlineEwc}. */
    EWC,
    /** Taught by an earlier model: {@link Distillation}. */
    LWF,
    /** Pulled towards the starting weights: {@link StartingPoint}. */
    L2_SP,
    /** Frozen after a warm-up: {@link Freezing}. */
    SEQ,
    /** A discriminant of the encoder's features answers, and the transformer learns nothing: {@link DiscriminantBeside}. */
    SLDA,
    /** Of random Fourier features of these. */
    KERNEL_SLDA,
    /** Of these and of words. */
    LEXICAL_SLDA,
    /** The transformer replays, and answers with a discriminant and a linear softmax of the encoder's features and words. */
    ENSEMBLE;

    /** Returns what it is put together from unless the configuration says otherwise. */
    public Parts parts() {
        return switch (this) {
            case DEFAULT -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.PLAIN);
            case NAIVE -> Parts.NONE;
            case REPLAY -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.PLAIN);
            case REPLAY_BALANCED -> Parts.replaying(MemoryKind.BALANCED, RetrievalKind.RANDOM, LossKind.PLAIN);
            case MIR -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.INTERFERED, LossKind.PLAIN);
            case DERPP -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.DERPP);
            case ER_ACE -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.ER_ACE);
            case EWC -> Parts.restrained(Restraint.EWC);
            case LWF -> Parts.restrained(Restraint.LWF);
            case L2_SP -> Parts.restrained(Restraint.L2_SP);
            case SEQ -> Parts.restrained(Restraint.SEQ);
            case SLDA, KERNEL_SLDA, LEXICAL_SLDA -> Parts.NONE;
            case ENSEMBLE -> Parts.replaying(MemoryKind.UNIFORM, RetrievalKind.RANDOM, LossKind.PLAIN);
        };
    }

    /** Returns who answers. */
    public Head head() {
        return switch (this) {
            case SLDA -> Head.ENCODER;
            case KERNEL_SLDA -> Head.KERNEL;
            case LEXICAL_SLDA -> Head.LEXICAL;
            case ENSEMBLE -> Head.BOTH;
            default -> Head.NONE;
        };
    }
}
