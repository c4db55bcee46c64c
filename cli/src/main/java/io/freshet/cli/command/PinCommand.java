package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Moves the anchor. */
@Command(
        name = "pin",
        description =
                "Makes the champion, or an earlier one, the anchor: what candidates of later trials may not be worse than.",
        footerHeading = "%nExample:%n",
        footer = "  freshet pin c000007-1b2c3d4e --reason 'quarterly review'")
final class PinCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CHECKPOINT", description = "Id of a champion.")
    String checkpoint = "";

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.PIN, checkpoint);
    }
}
