package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.trainer.learn.Strategy;
import io.freshet.trainer.learn.StrategyPlan;
import io.freshet.trainer.learn.StrategyPlan.LossKind;
import io.freshet.trainer.learn.StrategyPlan.MemoryKind;
import io.freshet.trainer.learn.StrategyPlan.Named;
import io.freshet.trainer.learn.StrategyPlan.Parts;
import io.freshet.trainer.learn.StrategyPlan.Restraint;
import io.freshet.trainer.learn.StrategyPlan.RetrievalKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of how forgetting is fought: keys, defaults, documentation, and the plan they make. */
final class StrategySettings {

    static final String STRATEGY = "trainer.strategy";
    static final String REPLAY_SIZE = "replay.size";
    static final String REPLAY_BYTES = "replay.bytes";
    static final String REPLAY_RATIO = "replay.ratio";
    static final String MEMORY = "strategy.memory";
    static final String RETRIEVAL = "strategy.retrieval";
    static final String LOSS = "strategy.loss";
    static final String RESTRAINTS = "strategy.restraints";
    static final String DERPP_ALPHA = "strategy.derpp.alpha";
    static final String DERPP_BETA = "strategy.derpp.beta";
    static final String MIR_CANDIDATES = "strategy.mir.candidates";
    static final String EWC_EVERY = "strategy.ewc.every";
    static final String EWC_SAMPLE = "strategy.ewc.sample";
    static final String EWC_STRENGTH = "strategy.ewc.strength";
    static final String EWC_KEEP = "strategy.ewc.keep";
    static final String LWF_EVERY = "strategy.lwf.every";
    static final String LWF_WEIGHT = "strategy.lwf.weight";
    static final String LWF_TEMPERATURE = "strategy.lwf.temperature";
    static final String LWF_TEACHER = "strategy.lwf.teacher";
    static final String L2_SP_STRENGTH = "strategy.l2-sp.strength";
    static final String SEQ_WARMUP = "strategy.seq.warmup";
    static final String SEQ_RECENT = "strategy.seq.recent";

    /** Those that decide the weights: all of them. */
    static final List<String> DECISIVE = List.of(
            STRATEGY,
            REPLAY_SIZE,
            REPLAY_BYTES,
            REPLAY_RATIO,
            MEMORY,
            RETRIEVAL,
            LOSS,
            RESTRAINTS,
            DERPP_ALPHA,
            DERPP_BETA,
            MIR_CANDIDATES,
            EWC_EVERY,
            EWC_SAMPLE,
            EWC_STRENGTH,
            EWC_KEEP,
            LWF_EVERY,
            LWF_WEIGHT,
            LWF_TEMPERATURE,
            LWF_TEACHER,
            L2_SP_STRENGTH,
            SEQ_WARMUP,
            SEQ_RECENT);

    private static final StrategyPlan.Numbers USUAL = StrategyPlan.Numbers.USUAL;

    private StrategySettings() {}

    static ConfigDef addTo(ConfigDef definition) {
        return restraints(numbers(parts(replay(definition))));
    }

    private static ConfigDef replay(ConfigDef definition) {
        return definition
                .define(
                        REPLAY_SIZE,
                        Type.INT,
                        5_000,
                        Range.between(0, 10_000_000),
                        MEDIUM,
                        "Most examples in the replay memory, a sample of all learned from; 0 turns replay off.")
                .define(
                        REPLAY_BYTES,
                        Type.LONG,
                        268_435_456L,
                        Range.atLeast(1),
                        MEDIUM,
                        "Most bytes in the replay memory: of each example about 2 a character, 9 a token, 4 a logit kept, and 256. Where it is met before replay.size, fewer examples are kept.")
                .define(
                        REPLAY_RATIO,
                        Type.DOUBLE,
                        0.5,
                        Range.between(0, 100),
                        HIGH,
                        "Replayed examples mixed into a step for each new one; 0 turns replay off.");
    }

    private static ConfigDef parts(ConfigDef definition) {
        return definition
                .define(
                        STRATEGY,
                        Type.STRING,
                        Strategy.DEFAULT.key(),
                        ValidString.in(keys(Strategy.values())),
                        HIGH,
                        "How forgetting is fought. default is ensemble for a classifier and replay for a language model. naive learns from new examples alone; replay mixes examples of a uniform memory into every step, replay-balanced of a memory that is even between labels; mir replays those that the new ones would harm most; derpp holds replayed ones to the logits they had; er-ace gives new ones a softmax of their own labels; ewc, lwf, l2-sp and seq keep nothing and hold the weights, by their importance, by an earlier model's answers, to where they started, or by freezing them after a warm-up; slda answers by a discriminant of the encoder's features, kernel-slda of random Fourier features of these, lexical-slda of these and of words, while the transformer learns nothing; ensemble replays, and lets the transformer, the discriminant of lexical-slda and a linear softmax on its features answer together. A language model learns with naive or replay.")
                .define(
                        MEMORY,
                        Type.STRING,
                        "",
                        ValidString.in(orEmpty(MemoryKind.values())),
                        MEDIUM,
                        "What is kept to be replayed: none, uniform, or balanced between labels; empty for what trainer.strategy says.")
                .define(
                        RETRIEVAL,
                        Type.STRING,
                        "",
                        ValidString.in(orEmpty(RetrievalKind.values())),
                        MEDIUM,
                        "Which of it is replayed: random, or interfered as mir does; empty for what trainer.strategy says.")
                .define(
                        LOSS,
                        Type.STRING,
                        "",
                        ValidString.in(orEmpty(LossKind.values())),
                        MEDIUM,
                        "The loss of new and replayed examples: plain, derpp or er-ace; empty for what trainer.strategy says.")
                .define(
                        RESTRAINTS,
                        Type.LIST,
                        "",
                        ValidList.in(keys(Restraint.values())),
                        MEDIUM,
                        "What holds the weights, beside what trainer.strategy says: ewc, lwf, l2-sp, seq, separated by commas.");
    }

    private static ConfigDef numbers(ConfigDef definition) {
        return definition
                .define(
                        DERPP_ALPHA,
                        Type.DOUBLE,
                        USUAL.derpp().alpha(),
                        Range.between(0, 1e6),
                        LOW,
                        "derpp: weight of the mean squared difference between logits and those kept.")
                .define(
                        DERPP_BETA,
                        Type.DOUBLE,
                        USUAL.derpp().beta(),
                        Range.between(0, 1e6),
                        LOW,
                        "derpp: weight of the replayed examples' cross-entropy.")
                .define(
                        MIR_CANDIDATES,
                        Type.INT,
                        USUAL.candidates(),
                        Range.between(2, 1_000),
                        LOW,
                        "mir: how many examples are drawn and looked at for each one replayed.");
    }

    private static ConfigDef restraints(ConfigDef definition) {
        return frozen(distilled(consolidated(definition)));
    }

    private static ConfigDef consolidated(ConfigDef definition) {
        return definition
                .define(
                        EWC_EVERY,
                        Type.LONG,
                        USUAL.ewc().every(),
                        Range.atLeast(1),
                        LOW,
                        "ewc: steps between two measurements of the weights' importance.")
                .define(
                        EWC_SAMPLE,
                        Type.INT,
                        USUAL.ewc().sample(),
                        Range.between(1, 1_000_000),
                        LOW,
                        "ewc: examples that the importance is measured on, one by one.")
                .define(
                        EWC_STRENGTH,
                        Type.DOUBLE,
                        USUAL.ewc().strength(),
                        Range.between(0, 1e12),
                        LOW,
                        "ewc: how strongly weights are pulled to what they were at the last measurement, for each unit of importance.")
                .define(
                        EWC_KEEP,
                        Type.DOUBLE,
                        USUAL.ewc().keep(),
                        Range.between(0, 1),
                        LOW,
                        "ewc: share of the earlier importance that stays at a measurement.")
                .define(
                        L2_SP_STRENGTH,
                        Type.DOUBLE,
                        USUAL.l2Sp(),
                        Range.between(0, 1e6),
                        LOW,
                        "l2-sp: how strongly weights are pulled to where they started.");
    }

    private static ConfigDef distilled(ConfigDef definition) {
        return definition
                .define(
                        LWF_EVERY,
                        Type.LONG,
                        USUAL.lwf().every(),
                        Range.atLeast(1),
                        LOW,
                        "lwf: steps after which the model as it is becomes the teacher.")
                .define(
                        LWF_WEIGHT,
                        Type.DOUBLE,
                        USUAL.lwf().weight(),
                        Range.between(0, 1e6),
                        LOW,
                        "lwf: weight of what the teacher says beside the cross-entropy.")
                .define(
                        LWF_TEMPERATURE,
                        Type.DOUBLE,
                        USUAL.lwf().temperature(),
                        Range.between(1e-2, 1e3),
                        LOW,
                        "lwf: temperature of the softmax of teacher and model.")
                .define(
                        LWF_TEACHER,
                        Type.STRING,
                        USUAL.lwf().teacher(),
                        LOW,
                        "lwf: directory of the model that teaches, such as a champion; empty for copies of the model itself.");
    }

    private static ConfigDef frozen(ConfigDef definition) {
        return definition
                .define(
                        SEQ_WARMUP,
                        Type.LONG,
                        USUAL.seq().warmup(),
                        Range.atLeast(0),
                        LOW,
                        "seq: steps before the body is frozen.")
                .define(
                        SEQ_RECENT,
                        Type.LONG,
                        USUAL.seq().recent(),
                        Range.atLeast(1),
                        LOW,
                        "seq: a label is old, and its row of the head frozen, after so many steps without a new example of it.");
    }

    static StrategyPlan plan(Settings settings) {
        return new StrategyPlan(
                resolved(settings),
                partsOf(settings),
                new StrategyPlan.Replay(
                        settings.integer(REPLAY_SIZE), settings.number(REPLAY_BYTES), settings.decimal(REPLAY_RATIO)),
                numbersOf(settings),
                DiscriminantSettings.plan(settings));
    }

    static Strategy strategyOf(Settings settings) {
        return Named.of(Strategy.class, settings.string(STRATEGY));
    }

    /** Returns the strategy that default stands for, and others as they are. */
    static Strategy resolved(Settings settings) {
        Strategy named = strategyOf(settings);
        if (named != Strategy.DEFAULT) {
            return named;
        }
        return ModelSettings.needsLabels(settings) ? Strategy.ENSEMBLE : Strategy.REPLAY;
    }

    /** Returns what the strategy's name says, but for what is set beside it. */
    static Parts partsOf(Settings settings) {
        Parts named = strategyOf(settings).parts();
        return new Parts(
                settings.optional(MEMORY)
                        .map(key -> Named.of(MemoryKind.class, key))
                        .orElse(named.memory()),
                settings.optional(RETRIEVAL)
                        .map(key -> Named.of(RetrievalKind.class, key))
                        .orElse(named.retrieval()),
                settings.optional(LOSS)
                        .map(key -> Named.of(LossKind.class, key))
                        .orElse(named.loss()),
                Stream.concat(
                                named.restraints().stream(),
                                settings.list(RESTRAINTS).stream().map(key -> Named.of(Restraint.class, key)))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static StrategyPlan.Numbers numbersOf(Settings settings) {
        return new StrategyPlan.Numbers(
                new StrategyPlan.Derpp(settings.decimal(DERPP_ALPHA), settings.decimal(DERPP_BETA)),
                settings.integer(MIR_CANDIDATES),
                new StrategyPlan.Ewc(
                        settings.number(EWC_EVERY),
                        settings.integer(EWC_SAMPLE),
                        settings.decimal(EWC_STRENGTH),
                        settings.decimal(EWC_KEEP)),
                new StrategyPlan.Lwf(
                        settings.number(LWF_EVERY),
                        settings.decimal(LWF_WEIGHT),
                        settings.decimal(LWF_TEMPERATURE),
                        settings.string(LWF_TEACHER)),
                settings.decimal(L2_SP_STRENGTH),
                new StrategyPlan.Seq(settings.number(SEQ_WARMUP), settings.number(SEQ_RECENT)));
    }

    private static String[] keys(Named... constants) {
        return Arrays.stream(constants).map(Named::key).toArray(String[]::new);
    }

    private static String[] orEmpty(Named... constants) {
        return Stream.concat(Stream.of(""), Arrays.stream(keys(constants))).toArray(String[]::new);
    }
}
