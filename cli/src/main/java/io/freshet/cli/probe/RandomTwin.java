package io.freshet.cli.probe;

import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A BERT of random weights, such as one with the shape and the word pieces of another, in a temporary directory that
 * closing removes.
 *
 * @param directory where it is
 */
public record RandomTwin(Path directory) implements AutoCloseable {

    private static final long SEED = 17;

    /** Makes the twin of a BERT's directory. */
    public static RandomTwin of(Path model) throws IOException {
        ModelConfig config = ModelConfig.read(model);
        ModelShape shape = new ModelShape(
                config.count("num_hidden_layers"),
                config.count("hidden_size"),
                config.count("num_attention_heads"),
                config.count("intermediate_size"),
                config.count("max_position_embeddings"),
                config.probability("hidden_dropout_prob", 0.1));
        return of(shape, WordPieces.read(model.resolve("vocab.txt")), SEED);
    }

    /** Makes one of a shape. */
    static RandomTwin of(ModelShape shape, WordPieces vocabulary, long seed) throws IOException {
        Path directory = Files.createTempDirectory("freshet-random");
        Models.initialise(directory, shape, vocabulary, seed);
        return new RandomTwin(directory);
    }

    @Override
    public void close() {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
