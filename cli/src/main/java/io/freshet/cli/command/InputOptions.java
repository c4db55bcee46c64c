package io.freshet.cli.command;

import io.freshet.cli.input.InputFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which file of labelled texts. */
final class InputOptions {

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = {
                "Labelled texts: .jsonl ({\"text\", \"label\"} and, if wanted, id, group, task, source, time, attributes),"
                        + " .csv with a header (text and label or category), or .json with splits (needs --split);"
                        + " gzip is unpacked."
            })
    Path path;

    @Option(names = "--split", paramLabel = "NAME", description = "Which part of a .json file, for example train.")
    @Nullable
    String split;

    @Option(names = "--shuffle", paramLabel = "SEED", description = "Publishes in an order drawn from this seed.")
    @Nullable
    Long shuffle;

    InputFile file() {
        return new InputFile(path, split, shuffle);
    }
}
