package io.freshet.cli.backtest;

import io.freshet.cli.console.CountDisplay;
import io.freshet.cli.services.Workspace;
import io.freshet.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Compares strategies: a process for each of them and each seed. */
public final class Backtest {

    private final BacktestRequest request;
    private final Material material;
    private final CountDisplay display;
    private final BooleanSupplier stopRequested;

    /** Told of the comparison as it is after each job. */
    @FunctionalInterface
    public interface Watcher {
        void soFar(List<BacktestReport.Row> rows, boolean complete) throws IOException;
    }

    /**
     * @param display for lines and progress
     * @param stopRequested asked now and then
     */
    public Backtest(BacktestRequest request, Material material, CountDisplay display, BooleanSupplier stopRequested) {
        this.request = request;
        this.material = material;
        this.display = display;
        this.stopRequested = stopRequested;
    }

    /**
     * Runs to the end, or until a stop is requested.
     *
     * @return whether every job came to something
     */
    public boolean run(Watcher watcher) throws IOException {
        try (Workspace scratch = Workspace.open(null)) {
            List<Job> jobs = jobs(scratch.directory());
            Rows rows = new Rows(jobs);
            int finished = 0;
            try (Workers workers = new Workers(jobs, scratch.directory(), request.threads(), request.parallel())) {
                while (finished < jobs.size() && !stopRequested.getAsBoolean()) {
                    Workers.Event event = workers.next();
                    if (event instanceof Workers.Event.Done done) {
                        rows.add(done.job(), done.result());
                        display.line(describe(done));
                    } else if (event instanceof Workers.Event.Failed failed) {
                        rows.fail(failed.job(), failed.why());
                        display.line("%s, seed %d failed: %s"
                                .formatted(failed.job().label(), failed.job().seed(), failed.why()));
                    } else {
                        display.at(workers.done(), workers.total(), "%d of %d".formatted(finished, jobs.size()));
                        continue;
                    }
                    finished++;
                    watcher.soFar(rows.rows(), finished == jobs.size());
                }
            }
            return finished == jobs.size()
                    && rows.rows().stream().allMatch(row -> row.failures().isEmpty());
        }
    }

    private List<Job> jobs(Path scratch) throws IOException {
        Path model = request.model();
        if (model == null) {
            model = scratch.resolve("model");
            Models.bundledEncoder(model);
        }
        Map<Long, Path> plans = new TreeMap<>();
        for (long seed : request.seeds()) {
            Path plan = scratch.resolve("stream-" + seed + ".json");
            request.order().plan(material, seed, request.measurements()).write(plan);
            plans.put(seed, plan);
        }
        return request.jobs(model, plans, material.stream().size());
    }

    private static String describe(Workers.Event.Done done) {
        Result result = done.result();
        OptionalDouble prequential = result.prequentialAccuracy();
        return String.format(
                Locale.ROOT,
                "%s, seed %d: final accuracy %.4f%s; learning %.0f s, testing %.0f s",
                done.job().label(),
                done.job().seed(),
                result.averageAccuracy(),
                prequential.isPresent()
                        ? String.format(Locale.ROOT, ", prequential %.4f", prequential.getAsDouble())
                        : "",
                result.seconds().learning(),
                result.seconds().testing());
    }
}
