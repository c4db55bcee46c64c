package io.freshet.cli.command;

import io.freshet.cli.backtest.BacktestRequest;
import io.freshet.cli.backtest.Groups;
import io.freshet.cli.backtest.MaterialFiles;
import io.freshet.cli.backtest.Order;
import io.freshet.cli.backtest.StrategySpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is compared on what. */
final class BacktestOptions {

    private static final String STRATEGIES = "naive,replay,linear,everything";

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = {
                "Labelled texts in any form that 'freshet run' reads. A file domains.json beside a .json file gives the tasks."
            })
    Path input;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Part of a .json file to learn from; train if not said.")
    @Nullable
    String split;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Labelled texts to test with; another split of the input if not said.")
    @Nullable
    Path test;

    @Option(
            names = "--test-split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Part of a .json file to test with; ${DEFAULT-VALUE} if not said. Choose settings with val.")
    String testSplit;

    @Option(
            names = "--hold-out",
            paramLabel = "SHARE",
            description =
                    "Tests with this share of the input instead, which is not learned from; for choices where there"
                            + " is no validation split.")
    @Nullable
    Double heldOut;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "Divides the labels into so many groups of equal size, which are the tasks.")
    @Nullable
    Integer groups;

    @Option(
            names = "--groups-seed",
            paramLabel = "SEED",
            description = "Deals labels out to groups in an order drawn from this seed; alphabetically if not said.")
    @Nullable
    Long groupsSeed;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face directory to start from; the encoder that comes with Freshet if not said.")
    @Nullable
    Path model;

    @Option(
            names = "--strategies",
            paramLabel = "A,B,…",
            defaultValue = STRATEGIES,
            description = {
                "Each a value of trainer.strategy; or everything (all at once, several epochs, rate falling to 0: the upper"
                        + " bound), linear (an online linear model on hashed words and pairs of words) or linear-replay (the same"
                        + " with the trainer's replay memory). Settings may follow, and a label for the table in front:"
                        + " 'replay,small:replay{replay.size=750;replay.ratio=1}'. ${DEFAULT-VALUE} if not said."
            })
    String strategies;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "shuffled",
            description =
                    "Of the stream: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not said. by-task brings one task after"
                            + " the other and tests after each.")
    Order order;

    @Option(
            names = "--measurements",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often is tested in other orders than by-task; ${DEFAULT-VALUE} if not said.")
    int measurements;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Learns with the seeds 1 to N, which decide order and learning; ${DEFAULT-VALUE} if not said.")
    int seeds;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Of everything; ${DEFAULT-VALUE} if not said.")
    int epochs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the engine in each process; ${DEFAULT-VALUE} if not said.")
    int threads;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Processes at once; as many as there are processors if not said.")
    @Nullable
    Integer parallel;

    @Mixin
    SettingOptions settings = new SettingOptions();

    /** Returns where the texts come from. */
    MaterialFiles files() {
        return new MaterialFiles(input, split, test, testSplit, heldOut);
    }

    /** Returns the tasks that were asked for, or null. */
    @Nullable
    Groups groups() {
        return groups == null ? null : new Groups(Math.max(1, groups), groupsSeed);
    }

    /** @throws ParameterException naming everything that is wrong at once */
    BacktestRequest request() {
        List<String> problems = new ArrayList<>();
        requireOne("--seeds", seeds, problems);
        requireOne("--epochs", epochs, problems);
        requireOne("--threads", threads, problems);
        requireOne("--measurements", measurements, problems);
        requireOne("--groups", groups == null ? 1 : groups, problems);
        int atOnce = parallel == null ? Runtime.getRuntime().availableProcessors() : parallel;
        requireOne("--parallel", atOnce, problems);
        Map<String, String> common = settings.values();
        List<StrategySpec> specs = BacktestRequest.strategies(strategies, common, problems);
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n  ", problems));
        }
        return new BacktestRequest(
                model,
                specs,
                LongStream.rangeClosed(1, seeds).boxed().toList(),
                order,
                measurements,
                common,
                epochs,
                threads,
                atOnce);
    }

    private static void requireOne(String option, int value, List<String> problems) {
        if (value < 1) {
            problems.add("%s %d: at least 1 is wanted".formatted(option, value));
        }
    }

    /** Returns what is read, in words. */
    String describe() {
        StringBuilder words = new StringBuilder(String.valueOf(input));
        if (split != null) {
            words.append(", ").append(split);
        }
        if (heldOut != null) {
            words.append("; tested with ").append(heldOut).append(" of it, held out");
        } else if (test != null) {
            words.append("; tested with ").append(test);
        } else {
            words.append("; tested with ").append(testSplit);
        }
        return groups == null ? words.toString() : words + "; labels in %d groups".formatted(groups);
    }
}
