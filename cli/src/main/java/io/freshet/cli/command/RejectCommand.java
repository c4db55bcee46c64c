package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a candidate up. */
@Command(
        name = "reject",
        description = "Gives a candidate up: one that has passed, is on trial, or waits for a trial.",
        footerHeading = "%nExample:%n",
        footer = "  freshet reject c000012-9f3a1c07 --reason 'trained on the mislabelled batch'")
final class RejectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CHECKPOINT", description = "Id of the candidate.")
    String checkpoint = "";

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.REJECT, checkpoint);
    }
}
