package io.freshet.cli.plot;

import io.freshet.cli.backtest.BacktestReport;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** An accuracy matrix as a heat map: a row each measurement, the first on top; a column each task. */
final class MatrixPlot {

    private static final int MOST_LABELLED = 15;

    private MatrixPlot() {}

    /** @param row with a matrix */
    static HeatMapChart of(BacktestReport.Row row) {
        List<List<Double>> matrix = row.accuracyMatrix();
        int tasks = matrix.get(0).size();
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(820)
                .height(640)
                .title(row.name() + ": accuracy, mean over seeds")
                .xAxisTitle("task, in the order in which it came")
                .yAxisTitle("measured the i-th time")
                .build();
        chart.getStyler()
                .setMin(0)
                .setMax(1)
                .setRangeColors(new Color[] {new Color(0xF7FBFF), new Color(0x6BAED6), new Color(0x08306B)})
                .setShowValue(tasks <= MOST_LABELLED && matrix.size() <= MOST_LABELLED)
                .setHeatMapValueDecimalPattern("0.00")
                .setValueFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setValueFontColor(new Color(0xD94801))
                .setChartBackgroundColor(Color.WHITE);
        List<Integer> columns = IntStream.rangeClosed(1, tasks).boxed().toList();
        List<Integer> rows =
                new ArrayList<>(IntStream.rangeClosed(1, matrix.size()).boxed().toList());
        Collections.reverse(rows); // the axis begins at the bottom
        chart.addSeries("accuracy", columns, rows, cells(matrix));
        return chart;
    }

    private static List<Number[]> cells(List<List<Double>> matrix) {
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < matrix.size(); row++) {
            for (int column = 0; column < matrix.get(row).size(); column++) {
                cells.add(new Number[] {
                    column, matrix.size() - 1 - row, matrix.get(row).get(column)
                });
            }
        }
        return cells;
    }
}
