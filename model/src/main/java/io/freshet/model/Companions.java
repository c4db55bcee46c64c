package io.freshet.model;

import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a directory that tell of the tokenizer and of generation, kept byte for byte so that a saved model carries them on. */
final class Companions {

    private static final List<String> NAMES = List.of(
            Tokenizer.FILE,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            ModelConfig.GENERATION);

    private final Map<String, byte[]> files;

    private Companions(Map<String, byte[]> files) {
        this.files = files;
    }

    static Companions read(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, Files.readAllBytes(file));
            }
        }
        return new Companions(files);
    }

    void write(Path directory) throws IOException {
        for (var file : files.entrySet()) {
            DurableFile.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
