package io.freshet.cli.backtest;

import io.freshet.core.config.ConfigException;
import io.freshet.trainer.TrainerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param model Hugging Face directory to start from; null for the encoder that comes with this project
 * @param specs the strategies
 * @param seeds each strategy learns once with each
 * @param order of the stream
 * @param measurements how often is tested where tasks do not say when
 * @param settings of the trainer, for all strategies
 * @param epochs of what learns from everything at once
 * @param threads of the engine in a worker
 * @param parallel workers at once
 */
public record BacktestRequest(
        @Nullable Path model,
        List<StrategySpec> specs,
        List<Long> seeds,
        Order order,
        int measurements,
        Map<String, String> settings,
        int epochs,
        int threads,
        int parallel) {

    public BacktestRequest {
        specs = List.copyOf(specs);
        seeds = List.copyOf(seeds);
        settings = Map.copyOf(settings);
    }

    /** Reads strategies separated by commas. Adds one line to {@code problems} for everything that is wrong with them. */
    public static List<StrategySpec> strategies(String text, Map<String, String> settings, List<String> problems) {
        List<StrategySpec> specs = StrategySpec.parse(text, problems);
        for (StrategySpec spec : specs) {
            Kind kind = Kind.of(spec.name());
            try {
                kind.check(kind.settings(spec, settings));
            } catch (ConfigException e) {
                e.problems().forEach(problem -> problems.add("strategy '%s': %s".formatted(spec.label(), problem)));
            }
        }
        return specs;
    }

    /** Returns the jobs, all strategies with the first seed first. */
    List<Job> jobs(Path modelDirectory, Map<Long, Path> plans, int streamSize) {
        List<Job> jobs = new ArrayList<>();
        for (long seed : seeds) {
            for (StrategySpec spec : specs) {
                Kind kind = Kind.of(spec.name());
                Map<String, String> all = new HashMap<>(kind.settings(spec, settings));
                all.putIfAbsent(TrainerConfig.SEED, String.valueOf(seed));
                if (!kind.isLinear()) {
                    all.putIfAbsent(TrainerConfig.THREADS, String.valueOf(threads));
                }
                if (kind == Kind.EVERYTHING) {
                    FallingRate.into(all, streamSize, epochs);
                }
                jobs.add(new Job(
                        spec.label(),
                        kind,
                        seed,
                        modelDirectory.toString(),
                        String.valueOf(plans.get(seed)),
                        all,
                        kind == Kind.EVERYTHING ? epochs : 1));
            }
        }
        return jobs;
    }
}
