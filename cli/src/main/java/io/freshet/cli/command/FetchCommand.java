package io.freshet.cli.command;

import io.freshet.cli.stream.ChampionFiles;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StatusText;
import io.freshet.cli.stream.StreamTail;
import io.freshet.cli.stream.StreamView;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fetches models. */
@Command(
        name = "fetch",
        description = "Fetches a model out of the checkpoint store.",
        footerHeading = "%nExample:%n",
        footer = "  freshet fetch champion --out ./champion")
final class FetchCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be fetched: champion");
    }

    @Command(
            name = "champion",
            description =
                    "Writes the reigning champion as a Hugging Face directory; every file is verified by its hash.")
    int champion(
            @Mixin ConnectionOptions connection,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write it.") Path out)
            throws IOException {
        Logs.none();
        Map<String, String> settings = connection.settings();
        Cluster cluster = ConnectionOptions.cluster(settings);
        StreamView view = new StreamView();
        try (StreamTail tail = new StreamTail(cluster, cluster.registry(), Set.of(Topic.CHAMPIONS), view)) {
            tail.readToEnd();
        }
        ChampionUpdate champion = view.champion();
        if (champion == null) {
            throw new IOException("model %s has no champion yet; it has one once trainer and gate run"
                    .formatted(cluster.modelName()));
        }
        ChampionFiles.write(champion, settings, out);
        spec.commandLine().getOut().println(StatusText.champion(champion));
        spec.commandLine().getOut().println("written to " + out.toAbsolutePath());
        return ExitCode.DONE;
    }
}
