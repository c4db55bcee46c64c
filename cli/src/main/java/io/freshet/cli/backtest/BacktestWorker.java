package io.freshet.cli.backtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The side of a worker process: one strategy over one stream. */
public final class BacktestWorker {

    private final PrintWriter out;
    private final Clocks clocks;

    /**
     * @param out where messages go, one a line
     * @param clocks for the pace
     */
    public BacktestWorker(PrintWriter out, Clocks clocks) {
        this.out = out;
        this.clocks = clocks;
    }

    /** Does a job that a file describes. */
    public void run(Path file) throws IOException {
        Job job = Job.read(file);
        Plan plan = Plan.read(Path.of(job.plan()));
        try (Contestant contestant = job.kind().open(Path.of(job.model()), job.settings())) {
            Result result = new StreamPass(
                            contestant,
                            plan,
                            job,
                            (done, total, accuracy) -> say(new Message(done, total, accuracy, null)),
                            clocks)
                    .run();
            say(new Message(result.learned(), result.learned(), 0, result));
        }
    }

    private void say(Message message) {
        out.println(message.line());
        out.flush();
    }

    /** Ends this process when the one that started it is gone, which is when {@code in} ends. */
    public static void endWith(InputStream in) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (in.read() >= 0) {
                            // nothing is said to a worker
                        }
                    } catch (IOException e) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(1);
                },
                "freshet-parent");
        thread.setDaemon(true);
        thread.start();
    }
}
