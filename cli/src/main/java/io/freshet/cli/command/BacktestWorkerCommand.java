package io.freshet.cli.command;

import com.sun.management.OperatingSystemMXBean;
import io.freshet.cli.backtest.BacktestWorker;
import io.freshet.cli.backtest.Clocks;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code backtest} starts for each strategy and seed. */
@Command(
        name = "backtest-worker",
        hidden = true,
        description =
                "Lets one strategy learn from one stream, as 'freshet backtest' wrote them down. Ends when its input ends.")
final class BacktestWorkerCommand implements Callable<Integer> {

    @Option(names = "--job", required = true, paramLabel = "FILE", description = "What is to be done.")
    Path job;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        PrintWriter messages = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print is no message
        BacktestWorker.endWith(System.in);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        new BacktestWorker(messages, new Clocks(System::nanoTime, system::getProcessCpuTime)).run(job);
        return ExitCode.DONE;
    }
}
