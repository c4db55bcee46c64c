package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops promotions. */
@Command(
        name = "hold",
        description =
                "Promotes nothing until freshet resume. Trials go on, and what passes waits; rollbacks still happen.",
        footerHeading = "%nExample:%n",
        footer = "  freshet hold --reason 'release freeze until Monday'")
final class HoldCommand implements Callable<Integer> {

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.HOLD, null);
    }
}
