package io.freshet.bench.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as tables in Markdown: share promoted / median pairs (quartiles). */
final class GateTables {

    private final GateReport report;
    private final List<String> lines = new ArrayList<>();

    GateTables(GateReport report) {
        this.report = report;
    }

    List<String> lines() {
        add(
                "%,d streams of %,d pairs each, alpha %s, seed %d, %.0f s",
                report.streams(), report.pairs(), report.alpha(), report.seed(), report.seconds());
        cells();
        drift();
        slices();
        sequence();
        creep();
        rollback();
        return List.copyOf(lines);
    }

    private void cells() {
        head("discordance | gain | McNemar | betting | z-test peeked every 200");
        for (PowerCells.Cell cell : report.cells()) {
            add(
                    "| %.2f | %s | %s | %s | %s |",
                    cell.discordance(),
                    points(cell.gain()),
                    checked(cell.mcNemar(), cell.gain()),
                    checked(cell.betting(), cell.gain()),
                    cell.peekedZTest());
        }
    }

    private void drift() {
        head("stream (discordance 0.05) | weak-null mixture | McNemar | z-test peeked every 200");
        for (Drift.Row row : report.drift()) {
            add("| %s | %s | %s | %s |", row.name(), row.weakNull(), row.mcNemar(), row.peekedZTest());
        }
    }

    private void slices() {
        head("slices (discordance 0.05, margin 1 point) | McNemar, slices guarded | McNemar alone");
        for (Slices.Row row : report.slices()) {
            add("| %s | %s | %s |", row.name(), row.guarded(), row.unguarded());
        }
    }

    private void sequence() {
        head(
                "50 candidates (discordance 0.05) | levels | false discovery rate | runs with a false promotion | better ones"
                        + " promoted");
        for (Sequence.Row row : report.sequence()) {
            add(
                    "| %s | %s | %.3f | %.3f | %.3f |",
                    row.name(), row.levels(), row.falseDiscoveryRate(), row.anyFalse(), row.power());
        }
    }

    private void creep() {
        head(
                "100 candidates, each 0.3 points worse | runs that end over 1 point below the anchor | promotions of a run |"
                        + " median end");
        for (Creep.Row row : report.creep()) {
            add(
                    "| %s | %.3f | %.1f | %s |",
                    row.anchor() ? "with an anchor" : "without an anchor",
                    row.belowMargin(),
                    row.meanPromotions(),
                    points(row.medianEnd()));
        }
    }

    private void rollback() {
        head("lambda | alpha | discordance | change | rolled back");
        for (Rollbacks.Row row : report.rollback()) {
            add(
                    "| %s | %.0e | %.2f | %s | %s |",
                    row.bets(), row.alpha(), row.discordance(), points(row.drop()), row.alarms());
        }
    }

    /** An equal candidate that was promoted too often is marked. */
    private String checked(Share share, double gain) {
        boolean tooMany = gain == 0 && !Share.within(share.share(), report.alpha(), report.streams());
        return share + (tooMany ? " (above alpha)" : "");
    }

    private static String points(double share) {
        return share == 0 ? "0" : String.format(Locale.ROOT, "%+.1f points", 100 * share);
    }

    private void head(String columns) {
        lines.add("");
        lines.add("| " + columns + " |");
        lines.add("|" + "---|".repeat(columns.split("\\|", -1).length));
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
