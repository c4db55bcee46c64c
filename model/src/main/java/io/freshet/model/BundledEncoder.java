package io.freshet.model;

import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.WeightFiles;
import io.freshet.model.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The encoder that was pretrained with this library and comes with it, as files of the jar. */
final class BundledEncoder {

    /** The configuration comes last: a directory without it is no model. */
    private static final List<String> FILES = List.of(
            "README.md", "vocab.txt", Tokenizer.FILE, "tokenizer_config.json", WeightFiles.SINGLE, ModelConfig.FILE);

    private BundledEncoder() {}

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : FILES) {
            try (InputStream in = BundledEncoder.class.getResourceAsStream("encoder/" + name)) {
                if (in == null) {
                    throw new ModelException(
                            "the bundled encoder's %s is missing from the jar; build it again".formatted(name));
                }
                DurableFile.write(directory.resolve(name), in.readAllBytes());
            }
        }
    }
}
