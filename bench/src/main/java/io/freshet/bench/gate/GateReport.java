package io.freshet.bench.gate;

import io.freshet.bench.figures.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What was seen.
 *
 * @param streams of every cell
 * @param pairs of a stream
 * @param alpha level
 * @param seconds in all
 */
public record GateReport(
        int streams,
        int pairs,
        double alpha,
        long seed,
        double seconds,
        List<PowerCells.Cell> cells,
        List<Drift.Row> drift,
        List<Slices.Row> slices,
        List<Sequence.Row> sequence,
        List<Creep.Row> creep,
        List<Rollbacks.Row> rollback) {

    /** Writes it as JSON, replacing what was there. */
    public void write(Path file) throws IOException {
        ReportFile.write(file, this);
    }

    /** Returns tables for people, in Markdown. */
    public List<String> lines() {
        return new GateTables(this).lines();
    }
}
