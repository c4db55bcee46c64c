package io.freshet.cli.command;

import io.freshet.cli.backtest.BacktestRequest;
import io.freshet.cli.backtest.Order;
import io.freshet.cli.backtest.StrategySpec;
import java.nio.file.Files;
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

/** What is compared, and how. */
final class BacktestOptions {

    private static final String STRATEGIES = "naive,replay,linear,everything";

    @Spec(Target.MIXEE)
    CommandSpec spec;

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
            description =
                    "Of the stream: ${COMPLETION-CANDIDATES}; shuffled if not said, or file (as recorded) for a topic. by-task"
                            + " brings one task after the other and tests after each.")
    @Nullable
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

    /**
     * Returns what is compared.
     *
     * @param material checked along with it
     * @throws ParameterException naming everything that is wrong at once
     */
    BacktestRequest request(MaterialOptions material) {
        List<String> problems = new ArrayList<>();
        material.check(problems);
        requireOne("--seeds", seeds, problems);
        requireOne("--epochs", epochs, problems);
        requireOne("--threads", threads, problems);
        requireOne("--measurements", measurements, problems);
        int atOnce = parallel == null ? Runtime.getRuntime().availableProcessors() : parallel;
        requireOne("--parallel", atOnce, problems);
        Map<String, String> common = settings.values();
        List<StrategySpec> specs = BacktestRequest.strategies(strategies, common, problems);
        if (model != null && !Files.isDirectory(model)) {
            problems.add("--model %s is not a directory".formatted(model));
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n  ", problems));
        }
        return new BacktestRequest(
                model,
                specs,
                LongStream.rangeClosed(1, seeds).boxed().toList(),
                order == null ? material.usualOrder() : order,
                measurements,
                common,
                epochs,
                threads,
                atOnce);
    }

    static void requireOne(String option, int value, List<String> problems) {
        if (value < 1) {
            problems.add("%s %d: at least 1 is wanted".formatted(option, value));
        }
    }
}
