package io.freshet.bench.gate;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/** Simulates the tests of promotion and of rollback on streams of which the truth is known. */
public final class GateBench {

    private final GateRequest request;
    private final Consumer<String> out;

    /**
     * @param out where lines for people go, as it proceeds
     */
    public GateBench(GateRequest request, Consumer<String> out) {
        this.request = request;
        this.out = out;
    }

    /** Simulates. */
    public GateReport run() {
        long begin = System.nanoTime();
        ForkJoinPool pool = new ForkJoinPool(request.threads());
        try {
            Simulation simulation = new Simulation(request, pool, name -> progress(begin, name));
            List<PowerCells.Cell> cells = PowerCells.run(simulation);
            List<Drift.Row> drift = Drift.run(simulation);
            List<Slices.Row> slices = Slices.run(simulation);
            List<Sequence.Row> sequence = Sequence.run(simulation);
            List<Creep.Row> creep = Creep.run(simulation);
            List<Rollbacks.Row> rollback = Rollbacks.run(simulation);
            return new GateReport(
                    request.streams(),
                    GateRequest.PAIRS,
                    GateRequest.ALPHA,
                    request.seed(),
                    (System.nanoTime() - begin) / 1e9,
                    cells,
                    drift,
                    slices,
                    sequence,
                    creep,
                    rollback);
        } finally {
            pool.shutdownNow();
        }
    }

    private void progress(long begin, String name) {
        out.accept("%4d s: %s".formatted(Math.round((System.nanoTime() - begin) / 1e9), name));
    }
}
