package io.freshet.cli.plot;

import io.freshet.cli.backtest.BacktestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** The pictures of a report, as PNG files. */
public final class Plots {

    private Plots() {}

    /**
     * Writes {@code prequential.png}, and of each strategy {@code matrix-NAME.png}, replacing what was there.
     *
     * @param directory made if it is not there
     * @return the files
     */
    public static List<Path> write(BacktestReport report, Path directory) throws IOException {
        // Pictures need no screen, and looking for one fails where there is an X server that does not answer.
        System.setProperty("java.awt.headless", "true");
        Files.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        if (report.strategies().stream().flatMap(row -> row.runs().stream()).anyMatch(PrequentialPlot::hasCurve)) {
            files.add(write(PrequentialPlot.of(report), directory.resolve("prequential.png")));
        }
        for (int i = 0; i < report.strategies().size(); i++) {
            BacktestReport.Row row = report.strategies().get(i);
            if (!row.accuracyMatrix().isEmpty()) {
                String name = "matrix-%02d-%s.png".formatted(i + 1, fileName(row.name()));
                files.add(write(MatrixPlot.of(row), directory.resolve(name)));
            }
        }
        return files;
    }

    private static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9.=-]+", "_");
        return plain.substring(0, Math.min(60, plain.length()));
    }

    private static Path write(Chart<?, ?> chart, Path file) throws IOException {
        return Files.write(file, BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
    }
}
