package io.freshet.model;

import io.freshet.model.config.ModelConfig;
import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.tensor.KeptFiles;
import io.freshet.model.tensor.WeightFiles;
import io.freshet.model.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a model lie: in one directory, or, for an adapter alone, in its own and that of its base.
 *
 * @param directory the directory that was asked for
 * @param weights the directory of the full weights
 */
record ModelFolder(Path directory, Path weights) {

    /**
     * Finds the files.
     *
     * @param base directory of the base of an adapter; if there is none, the adapter's configuration says where
     * @throws ModelException if the base of an adapter is not found
     */
    static ModelFolder of(Path directory, Optional<Path> base) throws IOException {
        if (base.isPresent()) {
            if (!AdapterConfig.isIn(directory)) {
                throw new ModelException("%s has no %s, so it needs no base; leave the base out"
                        .formatted(directory, AdapterConfig.FILE));
            }
            return new ModelFolder(directory, base.get());
        }
        if (hasWeights(directory) || !AdapterConfig.isIn(directory)) {
            return new ModelFolder(directory, directory);
        }
        String named = AdapterConfig.read(directory).base().orElse("");
        Optional<Path> found = local(directory, named);
        return new ModelFolder(
                directory,
                found.orElseThrow(() -> new ModelException(
                        "%s holds an adapter without its base, and base_model_name_or_path = '%s' is no local directory with weights; give the base's directory (--base DIR)"
                                .formatted(directory, named))));
    }

    private static Optional<Path> local(Path directory, String named) {
        try {
            return List.of(Path.of(named), directory.resolve(named)).stream()
                    .filter(path -> !named.isEmpty() && hasWeights(path))
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean hasWeights(Path directory) {
        return Files.exists(directory.resolve(WeightFiles.SINGLE))
                || Files.exists(directory.resolve(WeightFiles.INDEX));
    }

    boolean hasAdapter() {
        return AdapterConfig.isIn(directory);
    }

    /** Returns the directory of the configuration: an adapter alone may leave it to its base. */
    Path config() {
        return holder(ModelConfig.FILE);
    }

    /** Returns the directory of the tokenizer. */
    Path tokenizer() {
        return holder(Tokenizer.FILE);
    }

    private Path holder(String file) {
        return Files.isRegularFile(directory.resolve(file)) ? directory : weights;
    }

    /** Keeps the full weights as they are, to write them again. */
    KeptFiles keepWeights() throws IOException {
        return WeightFiles.keep(weights);
    }
}
