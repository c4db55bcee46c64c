package io.freshet.model;

import io.freshet.model.arch.Adapters;
import io.freshet.model.arch.Blueprint;
import io.freshet.model.arch.Families;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.Linear;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Hugging Face directory that was checked and can be loaded. Holds its weight files open and its tokenizer; the
 * tokenizer is handed on to the classifier that is made from it.
 */
final class LoadedDirectory implements AutoCloseable {

    private final ModelFolder folder;
    private final ModelConfig config;
    private final Family family;
    private final Objective objective;
    private final ModelProgram program;
    private final WeightSource source;
    private final Optional<AdapterConfig> adapterConfig;
    private final Map<String, Linear> linears = new HashMap<>();
    private final List<String> labels;
    private final Companions companions;
    private final int maxTokens;
    private final long seed;
    private final List<Integer> endOfText;

    private LoadedDirectory(ModelFolder folder, Objective objective, ModelOptions options) throws IOException {
        this.folder = folder;
        this.objective = objective;
        config = ModelConfig.read(folder.config());
        family = family(config, objective);
        boolean bf16 = Torch.computesInBf16(options.precision(), options.device());
        ModelProgram plain = family.program(config, new Blueprint(objective, bf16, Adapters.NONE));
        source = WeightSource.open(folder, family, plain.weights());
        try {
            labels = labelsOfHead();
            companions = Companions.read(folder.tokenizer());
            maxTokens = Math.min(options.maxTokens(), family.maxPositions(config));
            seed = options.seed();
            endOfText = config.endOfText(folder.config());
            source.adapter().ifPresent(adapter -> adapter.require(plain.linears()));
            WeightCheck.require(folder.directory(), family, plain.weights(), source, labels.size());
            if (objective.isLanguageModel()) {
                source.requireShared(folder.directory(), family);
            }
            Trained trained = Trained.of(options.tuning(), family, plain, source);
            adapterConfig = trained.config();
            ModelProgram network = adapterConfig.isEmpty()
                    ? plain
                    : family.program(config, new Blueprint(objective, bf16, trained.adapters()));
            program = network.training(trained.weights());
            program.linears().forEach(linear -> linears.put(linear.module() + ".weight", linear));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Family family(ModelConfig config, Objective objective) {
        Family family = Families.of(config);
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
        return family;
    }

    private List<String> labelsOfHead() {
        if (objective.isLanguageModel()) {
            return List.of();
        }
        config.requireClassification();
        return source.has(family.headWeight()) ? config.labels() : HeadLabels.withoutHead(config.labels());
    }

    /**
     * Opens and checks a directory.
     *
     * @throws ModelException naming the file, the tensor and the rule
     */
    static LoadedDirectory open(ModelFolder folder, Objective objective, ModelOptions options) {
        try {
            return new LoadedDirectory(folder, objective, options);
        } catch (IOException e) {
            throw new ModelException("%s cannot be read: %s".formatted(folder.directory(), e.getMessage()), e);
        }
    }

    ModelProgram program() {
        return program;
    }

    List<String> labels() {
        return labels;
    }

    ModelWriter writer() {
        try {
            Optional<AdapterWriter> adapters = adapterConfig.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AdapterWriter(folder.keepWeights(), adapterConfig.get()));
            return new ModelWriter(config, family, objective, companions, adapters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Objective objective() {
        return objective;
    }

    Family family() {
        return family;
    }

    /** Returns the names of the weights in the program's order. */
    List<String> weightNames() {
        return program.weights().stream().map(WeightSpec::name).toList();
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

    Tokenizer tokenizer() {
        try {
            return Tokenizer.open(folder.tokenizer(), maxTokens, family.vocabulary(config));
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
        if (!source.has(spec.name())) {
            return FreshWeights.of(spec, labels.size(), initializerRange(), seed);
        }
        try {
            Linear linear = adapterConfig.isEmpty() ? linears.get(spec.name()) : null;
            return linear == null ? source.read(spec.name()) : source.merged(linear);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
