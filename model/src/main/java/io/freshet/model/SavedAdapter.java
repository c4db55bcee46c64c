package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.arch.Linear;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.lora.AdapterFile;
import io.freshet.model.lora.Targets;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The adapter of a directory, opened, by the program's names of its weights. */
final class SavedAdapter implements AutoCloseable {

    private final Path directory;
    private final AdapterConfig config;
    private final AdapterFile file;
    private final WeightNames names;

    private SavedAdapter(Path directory, AdapterConfig config, AdapterFile file, WeightNames names) {
        this.directory = directory;
        this.config = config;
        this.file = file;
        this.names = names;
    }

    static SavedAdapter open(Path directory, Family family, List<WeightSpec> specs) throws IOException {
        AdapterConfig config = AdapterConfig.read(directory);
        AdapterFile file = AdapterFile.open(directory);
        try {
            return new SavedAdapter(directory, config, file, WeightNames.of(directory, family, specs, file.names()));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    AdapterConfig config() {
        return config;
    }

    boolean has(String weight) {
        return names.has(weight);
    }

    Set<String> all() {
        return names.all();
    }

    TensorShape shape(String weight) {
        return file.shape(names.inFile(weight));
    }

    String inFile(String weight) {
        return names.inFile(weight);
    }

    HostTensor read(String weight) throws IOException {
        return file.read(names.inFile(weight));
    }

    /** Returns the modules that have an adapter, in the network's order. */
    List<String> modules(List<Linear> linears) {
        return linears.stream()
                .map(Linear::module)
                .filter(module -> has(AdapterFile.a(module)))
                .toList();
    }

    /**
     * Checks that the adapter fits a network.
     *
     * @throws ModelException with every target that means nothing and every tensor that is missing, unknown or misshapen
     */
    void require(List<Linear> linears) {
        List<String> faults = new ArrayList<>();
        List<String> modules = linears.stream().map(Linear::module).toList();
        for (String target : Targets.unmatched(modules, config.targets())) {
            faults.add("%s: target_modules names '%s', which is no part of the model; its parts end in %s"
                    .formatted(AdapterConfig.FILE, target, Targets.ends(modules)));
        }
        for (Linear linear : linears) {
            check(linear, faults);
        }
        for (String name : names.all()) {
            if (AdapterFile.isAdapter(name) && !modules.contains(AdapterFile.module(name))) {
                faults.add("tensor '%s' belongs to no module of the model".formatted(names.inFile(name)));
            }
        }
        if (!faults.isEmpty()) {
            throw new ModelException("%s: %s".formatted(directory, String.join("; ", faults)));
        }
    }

    private void check(Linear linear, List<String> faults) {
        String module = linear.module();
        boolean meant = config.targets().stream().anyMatch(target -> Targets.matches(module, target))
                && config.saved().stream().noneMatch(saved -> Targets.contains(module, saved));
        if (!meant && (has(AdapterFile.a(module)) || has(AdapterFile.b(module)))) {
            faults.add("tensors of module '%s' are there but target_modules = %s do not name it"
                    .formatted(module, config.targets()));
        }
        if (meant) {
            check(AdapterFile.a(module), TensorShape.of(config.rank(), linear.in()), faults);
            check(AdapterFile.b(module), TensorShape.of(linear.out(), config.rank()), faults);
        }
    }

    private void check(String name, TensorShape wanted, List<String> faults) {
        if (!has(name)) {
            faults.add("tensor '%s' is missing, which target_modules = %s need".formatted(name, config.targets()));
        } else if (!shape(name).equals(wanted)) {
            faults.add("tensor '%s' has shape %s but r = %d and the model need %s"
                    .formatted(inFile(name), shape(name), config.rank(), wanted));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
