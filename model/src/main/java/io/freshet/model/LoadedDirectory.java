package io.freshet.model;

import io.freshet.model.arch.Adapters;
import io.freshet.model.arch.Blueprint;
import io.freshet.model.arch.Families;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.WeightFiles;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.Torch;
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
    private final Objective objective;
    private final ModelProgram program;
    private final WeightFiles files;
    private final WeightNames names;
    private final List<String> labels;
    private final Companions companions;
    private final int maxTokens;
    private final long seed;
    private final List<Integer> endOfText;

    private LoadedDirectory(Path directory, Objective objective, ModelOptions options, WeightFiles files)
            throws IOException {
        this.files = files;
        this.objective = objective;
        config = ModelConfig.read(directory);
        family = Families.of(config);
        if (!family.classes().containsKey(objective)) {
            throw config.fault(
                    "model_type",
                    "an architecture that has %s; it has %s"
                            .formatted(
                                    objective.key(),
                                    family.classes().keySet().stream()
                                            .map(Objective::key)
                                            .sorted()
                                            .toList()));
        }
        program = family.program(
                config, new Blueprint(objective, Torch.computesInBf16(options.precision()), Adapters.NONE));
        names = WeightNames.of(directory, family, program.weights(), files.names());
        labels = labelsOfHead();
        companions = Companions.read(directory);
        maxTokens = Math.min(options.maxTokens(), family.maxPositions(config));
        seed = options.seed();
        endOfText = config.endOfText(directory);
        WeightCheck.require(directory, family, program.weights(), names, files, labels.size());
    }

    private List<String> labelsOfHead() {
        if (objective.isLanguageModel()) {
            return List.of();
        }
        config.requireClassification();
        return names.has(family.headWeight()) ? config.labels() : HeadLabels.withoutHead(config.labels());
    }

    /**
     * Opens and checks a directory.
     *
     * @throws ModelException naming the file, the tensor and the rule
     */
    static LoadedDirectory open(Path directory, Objective objective, ModelOptions options) {
        try {
            WeightFiles files = WeightFiles.open(directory);
            try {
                return new LoadedDirectory(directory, objective, options, files);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ModelException("%s cannot be read: %s".formatted(directory, e.getMessage()), e);
        }
    }

    ModelProgram program() {
        return program;
    }

    List<String> labels() {
        return labels;
    }

    ModelWriter writer() {
        return new ModelWriter(config, family, objective, companions);
    }

    Objective objective() {
        return objective;
    }

    int vocabulary() {
        return family.vocabulary(config);
    }

    /** Returns the longest text, tokens. */
    int maxPositions() {
        return family.maxPositions(config);
    }

    /** Returns the tokens that a text begins with where it has no other, at most one. */
    List<Integer> beginOfText() {
        return config.tokens("bos_token_id");
    }

    /** Returns the tokens that end a generated text. */
    List<Integer> endOfText() {
        return endOfText;
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
