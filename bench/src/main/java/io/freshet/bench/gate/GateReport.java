package io.freshet.bench.gate;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
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
        Files.writeString(
                file,
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(this)
                        + System.lineSeparator());
    }

    /** Returns tables for people, in Markdown. */
    public List<String> lines() {
        return new GateTables(this).lines();
    }
}
