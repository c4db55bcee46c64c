package io.freshet.cli.command;

import io.freshet.schemas.GateCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings an earlier champion back. */
@Command(
        name = "rollback",
        description =
                "Makes an earlier champion reign again at once. The one that falls is not promoted again without a person.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet rollback --reason 'card complaints since noon'",
            "  freshet rollback c000007-1b2c3d4e --reason 'last one before the new labels'"
        })
final class RollbackCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "CHECKPOINT",
            description = "Id of an earlier champion; the one before the present if not said.")
    @Nullable
    String checkpoint;

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() throws IOException {
        return order.give(GateCommand.ROLLBACK, checkpoint);
    }
}
