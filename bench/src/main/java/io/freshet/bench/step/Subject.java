package io.freshet.bench.step;

import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model whose step is measured.
 *
 * @param name what it is called on the command line and in the report
 * @param origin where its weights come from
 * @param batches batches of a round: fewer where a step is long
 * @param memory MiB that must be free to measure it, for all contestants together
 * @param target what the project aims at, steps here by steps in PyTorch
 */
record Subject(String name, Origin origin, int batches, long memory, double target) {

    private static final double DROPOUT = 0.1;
    private static final long SEED = 17;

    /** Where a model's weights come from. */
    sealed interface Origin {

        /**
         * A directory of the user's.
         *
         * @param path a Hugging Face directory, with or without a head
         */
        record Directory(Path path) implements Origin {}

        /**
         * Random weights.
         *
         * @param shape sizes
         * @param pieces size of the vocabulary, cut to the texts; 0 for all 30,522 pieces of bert-base-uncased
         */
        record Random(ModelShape shape, int pieces) implements Origin {}
    }

    /** Those that have a name: a tiny one, bound by overhead; the shape of the project's encoder; two with BERT's words. */
    static final List<Subject> NAMED = List.of(
            random("tiny", new ModelShape(2, 64, 2, 256, 128, DROPOUT), 8_000, 32, 2_000, 1.2),
            random("encoder", new ModelShape(2, 128, 2, 512, 128, DROPOUT), 8_000, 32, 2_000, 1.2),
            random("bert-4x256", new ModelShape(4, 256, 4, 1024, 512, DROPOUT), 0, 4, 4_000, 1),
            random("bert-base", new ModelShape(12, 768, 12, 3072, 512, DROPOUT), 0, 1, 12_000, 1));

    private static Subject random(String name, ModelShape shape, int pieces, int batches, long memory, double target) {
        return new Subject(name, new Origin.Random(shape, pieces), batches, memory, target);
    }

    /**
     * Returns the subject of a name, or of a directory.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Subject of(String nameOrDirectory) {
        return NAMED.stream()
                .filter(subject -> subject.name.equals(nameOrDirectory.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> directory(nameOrDirectory));
    }

    private static Subject directory(String path) {
        Path directory = Path.of(path);
        if (!directory.resolve("config.json").toFile().isFile()) {
            throw new IllegalArgumentException("--model %s is neither one of %s nor a directory with a config.json"
                    .formatted(path, NAMED.stream().map(Subject::name).toList()));
        }
        @Nullable Path last = directory.toAbsolutePath().normalize().getFileName();
        return new Subject(last == null ? path : last.toString(), new Origin.Directory(directory), 16, 4_000, 1);
    }

    /**
     * Returns the directory of the model, made if its weights are random.
     *
     * @param scratch where it is made
     * @param texts what its vocabulary is cut to
     */
    Path directory(Path scratch, List<String> texts) throws IOException {
        if (origin instanceof Origin.Random random) {
            Path made = scratch.resolve(name);
            WordPieces all = WordPieces.bertBaseUncased();
            WordPieces kept = random.pieces() == 0 ? all : all.cut(texts, random.pieces());
            Models.initialise(made, random.shape(), kept, SEED);
            return made;
        }
        return ((Origin.Directory) origin).path();
    }
}
