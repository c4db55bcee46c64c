package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets promotions go on. */
@Command(
        name = "resume",
        description = "Ends a hold; what has passed meanwhile is promoted, where the policy asks for no person.",
        footerHeading = "%nExample:%n",
        footer = "  freshet resume")
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.RESUME, null);
    }
}
