package io.freshet.bench.figures;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports as files of JSON. */
public final class ReportFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportFile() {}

    /** Writes a report, replacing what was there. */
    public static void write(Path file, Object report) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(report) + System.lineSeparator());
    }
}
