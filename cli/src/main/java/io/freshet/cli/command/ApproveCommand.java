package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a candidate that has passed the champion. */
@Command(
        name = "approve",
        description =
                "Makes a candidate that has passed its trial the champion, and the anchor. Freshet status says what waits.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet approve c000012-9f3a1c07",
            "  freshet approve c000012-9f3a1c07 --reason 'reviewed with the fraud team' --key ann.key.pem --key-id ann"
        })
final class ApproveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CHECKPOINT", description = "Id of the candidate.")
    String checkpoint = "";

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.APPROVE, checkpoint);
    }
}
