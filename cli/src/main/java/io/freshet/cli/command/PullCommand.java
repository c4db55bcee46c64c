package io.freshet.cli.command;

import io.freshet.cli.console.TransferDisplay;
import io.freshet.model.ModelException;
import io.freshet.model.Models;
import io.freshet.model.hub.Hub;
import io.freshet.model.hub.HubAccess;
import io.freshet.model.hub.HubModel;
import io.freshet.model.hub.PullProgress;
import io.freshet.model.hub.Pulled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a model from a hub. */
@Command(
        name = "pull",
        description = {
            "Fetches a model from a Hugging Face hub: its configuration, its tokenizer and its safetensors weights, each"
                    + " checked by its hash. Pickle files are never fetched. What is there already is kept; a pull that was"
                    + " broken off goes on where it ended.",
            "HF_TOKEN, if it is set, is sent to the hub and to nobody else."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet pull google-bert/bert-base-uncased --out ./bert",
            "  freshet pull my-org/intents@v2 --endpoint https://hub.example.org --out ./intents"
        })
final class PullCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "ORG/NAME[@REVISION]",
            description = "The model; REVISION is a branch, a tag or a commit, main if not said.")
    String model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write it.")
    Path out;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The hub; if not said, what HF_ENDPOINT says, or else https://huggingface.co.")
    @Nullable
    String endpoint;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.none();
        PrintWriter console = spec.commandLine().getOut();
        HubModel wanted = wanted();
        Hub hub = new Hub(access());
        Pulled pulled;
        try (TransferDisplay display = TransferDisplay.on(console)) {
            pulled = hub.pull(wanted, out, new Shown(display));
        }
        console.println("%s is commit %s".formatted(wanted, pulled.commit()));
        console.println("written to %s: %d files, %.1f MB; %d of them were there already"
                .formatted(
                        out.toAbsolutePath(),
                        pulled.fetched().size() + pulled.kept().size(),
                        pulled.bytes() / 1e6,
                        pulled.kept().size()));
        console.println(use());
        return ExitCode.DONE;
    }

    private String use() {
        try {
            return "loads as " + Models.objective(out).key();
        } catch (ModelException e) {
            return "cannot be loaded by this version of Freshet: " + e.getMessage();
        }
    }

    private HubModel wanted() {
        try {
            return HubModel.parse(model);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private HubAccess access() {
        try {
            return HubAccess.of(endpoint, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Shows a pull. */
    private record Shown(TransferDisplay display) implements PullProgress {

        @Override
        public void at(String file, long done, long total) {
            display.at(file, done, total);
        }

        @Override
        public void again(String why, Duration pause) {
            display.line("%s; trying again in %d s".formatted(why, pause.toSeconds()));
        }
    }
}
