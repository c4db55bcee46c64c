package io.freshet.cli.command;

import io.freshet.bench.machine.Machine;
import io.freshet.cli.backtest.Backtest;
import io.freshet.cli.backtest.BacktestReport;
import io.freshet.cli.backtest.BacktestRequest;
import io.freshet.cli.backtest.Material;
import io.freshet.cli.backtest.Table;
import io.freshet.cli.console.CountDisplay;
import io.freshet.cli.plot.Plots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares strategies on one stream. */
@Command(
        name = "backtest",
        description = {
            "Lets strategies learn from the same stream of labelled texts, without Kafka and each in a process of its own, tests"
                    + " them on the way, and prints what each kept in the end: final accuracy (mean over the tasks), forgetting,"
                    + " backward and forward transfer, prequential accuracy (predicted before learned from), pace and memory."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet backtest --input data_full.json --order by-task --strategies naive,replay,linear --seeds 3",
            "  freshet backtest --input train.csv --test test.csv --groups 7 --order by-task --report backtest.json",
            "  freshet backtest --input data_full.json --test-split val --strategies \\",
            "      'replay{replay.ratio=1},replay{replay.ratio=3}'",
            "  freshet backtest --from-topic --from 2026-03-02 --to 2026-03-09 --bootstrap-servers broker:9092 \\",
            "      --registry http://registry:8081 --strategies naive,replay"
        })
final class BacktestCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    MaterialOptions texts = new MaterialOptions();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    BacktestOptions options = new BacktestOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the report (JSON), after each process.")
    @Nullable
    Path report;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description = "Where to draw the prequential curves and each strategy's accuracy matrix (PNG).")
    @Nullable
    Path plots;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        BacktestRequest request = options.request(texts);
        Material material = texts.read(connection);
        request.order().check(material);
        Machine machine = Machine.here();
        boolean[] stopped = new boolean[1];
        BacktestReport[] last = new BacktestReport[1];
        boolean whole;
        try (Shutdown shutdown = Shutdown.install();
                CountDisplay display = CountDisplay.on(spec.commandLine().getOut(), "learning", " jobs", 1_000)) {
            display.line("%,d examples to learn from, %,d to test with, %d strategies, %d seeds"
                    .formatted(
                            material.stream().size(),
                            material.test().size(),
                            request.specs().size(),
                            request.seeds().size()));
            if (material.strangers() > 0) {
                display.line("%,d tests are left out: the stream has no example of their label"
                        .formatted(material.strangers()));
            }
            whole = new Backtest(request, material, display, shutdown::requested).run((rows, complete) -> {
                last[0] = report(request, material, machine, rows, complete);
                if (report != null) {
                    last[0].write(report);
                }
            });
            stopped[0] = shutdown.requested();
        }
        if (last[0] != null) {
            Table.lines(last[0]).forEach(spec.commandLine().getOut()::println);
            if (plots != null) {
                Plots.write(last[0], plots);
            }
        }
        return whole && !stopped[0] ? ExitCode.DONE : ExitCode.FAILED;
    }

    private BacktestReport report(
            BacktestRequest request,
            Material material,
            Machine machine,
            List<BacktestReport.Row> rows,
            boolean complete) {
        return new BacktestReport(
                String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                machine,
                texts.describe(),
                request.order().key(),
                material.stream().size(),
                material.test().size(),
                request.seeds(),
                complete,
                rows);
    }
}
