package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as a table for people, in Markdown. */
public final class Table {

    private static final List<String> HEAD = List.of(
            "strategy",
            "final accuracy",
            "forgetting",
            "backward transfer",
            "forward transfer",
            "prequential",
            "examples/s",
            "CPU s/1,000",
            "memory bytes");

    private Table() {}

    /** Returns its lines; shares have three digits, and their standard deviation behind them where there are more seeds. */
    public static List<String> lines(BacktestReport report) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (BacktestReport.Row row : report.strategies()) {
            cells.add(List.of(
                    row.name(),
                    share(row.averageAccuracy()),
                    share(row.forgetting()),
                    share(row.backwardTransfer()),
                    share(row.forwardTransfer()),
                    share(row.prequentialAccuracy()),
                    number(row.examplesPerSecond(), "%,.0f"),
                    number(row.processorSecondsPerThousand(), "%.1f"),
                    row.runs().isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", row.memoryBytes())));
        }
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static String share(@Nullable Figure figure) {
        if (figure == null) {
            return "–";
        }
        return figure.sd() == 0
                ? String.format(Locale.ROOT, "%.3f", figure.mean())
                : String.format(Locale.ROOT, "%.3f ± %.3f", figure.mean(), figure.sd());
    }

    private static String number(@Nullable Figure figure, String format) {
        return figure == null ? "–" : String.format(Locale.ROOT, format, figure.mean());
    }

    private static int[] widths(List<List<String>> cells) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(' ')
                    .append(i == 0 ? row.get(i) + padding : padding + row.get(i))
                    .append(" |");
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "-".repeat(widths[i] + 2) : "-".repeat(widths[i] + 1) + ":")
                    .append('|');
        }
        return rule.toString();
    }
}
