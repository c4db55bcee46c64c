package io.freshet.trainer.learn;

import java.util.List;
import java.util.Locale;

/**
 * How forgetting is fought: what a strategy is put together from, and the numbers of each part. A part that is not used
 * does not look at its numbers.
 *
 * @param strategy its name
 * @param parts what it is put together from
 * @param replay size and use of the memory
 * @param numbers of the parts
 * @param discriminant numbers of the discriminant beside the transformer
 */
public record StrategyPlan(
        Strategy strategy, Parts parts, Replay replay, Numbers numbers, DiscriminantPlan discriminant) {

    /** With the usual numbers of the discriminant. */
    public StrategyPlan(Strategy strategy, Parts parts, Replay replay, Numbers numbers) {
        this(strategy, parts, replay, numbers, DiscriminantPlan.USUAL);
    }

    /** As the name says, with the usual numbers. */
    public StrategyPlan(Strategy strategy, Replay replay) {
        this(strategy, strategy.parts(), replay, Numbers.USUAL, DiscriminantPlan.USUAL);
    }

    /** What has a name in a configuration: that of the constant in lower case, with dashes. */
    public interface Named {

        String name();

        default String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Returns the constant of that name. */
        static <E extends Enum<E> & Named> E of(Class<E> type, String key) {
            return Enum.valueOf(type, key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** What is kept of the examples learned from. */
    public enum MemoryKind implements Named {
        NONE,
        UNIFORM,
        BALANCED
    }

    /** Which of the examples kept are replayed. */
    public enum RetrievalKind implements Named {
        RANDOM,
        INTERFERED
    }

    /** What the loss of new and replayed examples is. */
    public enum LossKind implements Named {
        PLAIN,
        DERPP,
        ER_ACE
    }

    /** What holds the weights to what they were. */
    public enum Restraint implements Named {
        EWC,
        LWF,
        L2_SP,
        SEQ
    }

    /**
     * What a strategy is put together from.
     *
     * @param restraints applied one around the other, in this order
     */
    public record Parts(MemoryKind memory, RetrievalKind retrieval, LossKind loss, List<Restraint> restraints) {

        /** New examples alone. */
        static final Parts NONE = new Parts(MemoryKind.NONE, RetrievalKind.RANDOM, LossKind.PLAIN, List.of());

        public Parts {
            restraints = List.copyOf(restraints);
        }

        static Parts replaying(MemoryKind memory, RetrievalKind retrieval, LossKind loss) {
            return new Parts(memory, retrieval, loss, List.of());
        }

        static Parts restrained(Restraint restraint) {
            return new Parts(MemoryKind.NONE, RetrievalKind.RANDOM, LossKind.PLAIN, List.of(restraint));
        }
    }

    /**
     * Replay memory.
     *
     * @param size most examples kept; 0 keeps none
     * @param bytes most bytes kept, at least 1
     * @param ratio examples replayed for each new one; 0 replays none
     */
    public record Replay(int size, long bytes, double ratio) {
        public Replay {
            if (size < 0) {
                throw new IllegalArgumentException("size %d is negative".formatted(size));
            }
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes %d is below 1".formatted(bytes));
            }
            if (!(ratio >= 0 && ratio < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ratio %s is not a number of at least 0".formatted(ratio));
            }
        }

        boolean on() {
            return size > 0 && ratio > 0;
        }

        MemoryLimits limits() {
            return new MemoryLimits(size, bytes);
        }
    }

    /**
     * The numbers of all parts.
     *
     * @param derpp of {@link DarkExperience}
     * @param candidates of {@link MostInterfered}
     * @param ewc of {@link OnlineEwc}
     * @param lwf of {@link Distillation}
     * @param l2Sp strength of {@link StartingPoint}
     * @param seq of {@link Freezing}
     */
    public record Numbers(Derpp derpp, int candidates, Ewc ewc, Lwf lwf, double l2Sp, Seq seq) {

        /** The defaults of the settings. */
        public static final Numbers USUAL = new Numbers(
                new Derpp(0.5, 1), 3, new Ewc(100, 128, 100, 0.9), new Lwf(200, 1, 2, ""), 0.01, new Seq(200, 20));
    }

    /**
     * Of DER++.
     *
     * @param alpha weight of the logits' mean squared difference, at least 0
     * @param beta weight of the replayed examples' cross-entropy, at least 0
     */
    public record Derpp(double alpha, double beta) {}

    /**
     * Of online EWC.
     *
     * @param every steps between two consolidations, at least 1
     * @param sample examples that an importance is measured on, at least 1
     * @param strength of the pull towards the held weights, at least 0
     * @param keep share of the earlier importance that stays, in [0, 1]
     */
    public record Ewc(long every, int sample, double strength, double keep) {}

    /**
     * Of learning without forgetting.
     *
     * @param every steps between two copies of the model as its own teacher, at least 1
     * @param weight of the distillation, at least 0
     * @param temperature of both softmaxes, above 0
     * @param teacher directory of the model that teaches; empty for copies of the model itself
     */
    public record Lwf(long every, double weight, double temperature, String teacher) {}

    /**
     * Of freezing after a warm-up.
     *
     * @param warmup steps before the body is frozen, at least 0
     * @param recent steps without an example of a label after which its row of the head is frozen, at least 1
     */
    public record Seq(long warmup, long recent) {}
}
