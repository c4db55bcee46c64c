package io.freshet.cli.plot;

import io.freshet.cli.backtest.BacktestReport;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Prequential accuracy over the stream, a line each strategy: mean over seeds, each point over the stretch before it. */
final class PrequentialPlot {

    /** Points of a line. */
    static final int STRETCHES = 40;

    private PrequentialPlot() {}

    static boolean hasCurve(BacktestReport.Run run) {
        return run.prequentialCurve() != null && !run.prequentialCurve().seen().isEmpty();
    }

    /** @param report with a curve at least */
    static XYChart of(BacktestReport report) {
        XYChart chart = new XYChartBuilder()
                .width(1_000)
                .height(600)
                .title("Prequential accuracy, " + report.order())
                .xAxisTitle("examples")
                .yAxisTitle("share predicted rightly before it was learned from")
                .build();
        chart.getStyler()
                .setYAxisMin(0.0)
                .setYAxisMax(1.0)
                .setYAxisDecimalPattern("0.0")
                .setXAxisDecimalPattern("#,##0")
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideE);
        for (BacktestReport.Row row : report.strategies()) {
            List<BacktestReport.Run> runs =
                    row.runs().stream().filter(PrequentialPlot::hasCurve).toList();
            if (!runs.isEmpty()) {
                Line line = line(runs, report.streamed());
                XYSeries series = chart.addSeries(row.name(), line.x, line.y);
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    private record Line(List<Double> x, List<Double> y) {}

    private static Line line(List<BacktestReport.Run> runs, int streamed) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int stretch = 1; stretch <= STRETCHES; stretch++) {
            double from = (double) streamed * (stretch - 1) / STRETCHES;
            double to = (double) streamed * stretch / STRETCHES;
            double sum = 0;
            for (BacktestReport.Run run : runs) {
                sum += (right(run, to) - right(run, from)) / (to - from);
            }
            x.add(to);
            y.add(sum / runs.size());
        }
        return new Line(x, y);
    }

    /** Returns how many of the first {@code seen} predictions were right, between two points of the curve in proportion. */
    static double right(BacktestReport.Run run, double seen) {
        if (run.prequentialCurve() == null) {
            return 0;
        }
        List<Long> at = run.prequentialCurve().seen();
        List<Long> right = run.prequentialCurve().right();
        long seenBefore = 0;
        long rightBefore = 0;
        for (int i = 0; i < at.size(); i++) {
            if (at.get(i) >= seen) {
                double share = (seen - seenBefore) / (at.get(i) - seenBefore);
                return rightBefore + share * (right.get(i) - rightBefore);
            }
            seenBefore = at.get(i);
            rightBefore = right.get(i);
        }
        return rightBefore;
    }
}
