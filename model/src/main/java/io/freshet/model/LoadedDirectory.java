package io.freshet.model;

import io.freshet.model.arch.ClassifierProgram;
import io.freshet.model.arch.Families;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.WeightFiles;
import io.freshet.model.text.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * A Hugging Face directory that was checked and can be loaded. Holds its weight files open and its tokenizer; the
 * tokenizer is handed on to the classifier that is made from it.
 */
final class LoadedDirectory implements AutoCloseable {

    private final ModelConfig config;
    private final Family family;
    private final ClassifierProgram program;
    private final WeightFiles files;
    private final WeightNames names;
    private final List<String> labels;
    private final Companions companions;
    private final int maxTokens;
    private final long seed;

    private LoadedDirectory(Path directory, ModelOptions options, WeightFiles files) throws IOException {
        this.files = files;
        config = ModelConfig.read(directory);
        family = Families.of(config);
        program = family.program(config);
        names = WeightNames.of(directory, family, files.names());
        labels = names.has(WeightNames.HEAD) ? config.labels() : HeadLabels.withoutHead(config.labels());
        companions = Companions.read(directory);
        maxTokens = Math.min(options.maxTokens(), family.maxPositions(config));
        seed = options.seed();
        WeightCheck.require(directory, family, program.weights(), names, files, labels.size());
    }

    /**
     * Opens and checks a directory.
     *
     * @throws ModelException naming the file, the tensor and the rule
     */
    static LoadedDirectory open(Path directory, ModelOptions options) {
        try {
            WeightFiles files = WeightFiles.open(directory);
            try {
                return new LoadedDirectory(directory, options, files);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ModelException("%s cannot be read: %s".formatted(directory, e.getMessage()), e);
        }
    }

    ClassifierProgram program() {
        return program;
    }

    List<String> labels() {
        return labels;
    }

    ModelWriter writer() {
        return new ModelWriter(config, family, companions);
    }

    int padding() {
        return Math.max(0, config.padding());
    }

    double initializerRange() {
        return config.number("initializer_range", 0.02);
    }

    Tokenizer tokenizer(Path directory) {
        try {
            return Tokenizer.open(directory, maxTokens, family.vocabulary(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the weights in the program's order, each read or made when it is asked for. */
    Iterable<HostTensor> weights() {
        return () -> {
            Iterator<WeightSpec> specs = program.weights().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return specs.hasNext();
                }

                @Override
                public HostTensor next() {
                    return weight(specs.next());
                }
            };
        };
    }

    private HostTensor weight(WeightSpec spec) {
        if (!names.has(spec.name())) {
            return FreshWeights.of(spec, labels.size(), initializerRange(), seed);
        }
        try {
            return files.read(names.inFile(spec.name())).renamed(spec.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
