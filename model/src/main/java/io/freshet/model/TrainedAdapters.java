package io.freshet.model;

import io.freshet.model.arch.Adapters;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.Linear;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.lora.AdapterFile;
import io.freshet.model.lora.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What low-rank adapters come to for one network: adapters beside the projections that are named, and trained as a whole
 * are the classification head and whatever the base does not have.
 */
final class TrainedAdapters {

    private TrainedAdapters() {}

    static Trained of(Tuning.Lora lora, Family family, ModelProgram plain, WeightSource source) {
        List<String> targets = lora.targets().isEmpty() ? family.adapterTargets() : lora.targets();
        List<String> modules = plain.linears().stream().map(Linear::module).toList();
        List<String> unmatched = Targets.unmatched(modules, targets);
        if (!unmatched.isEmpty()) {
            throw new ModelException(
                    "tuning = lora: the targets %s name no matrix of this %s; the names of its matrices end in %s"
                            .formatted(unmatched, family.modelType(), Targets.ends(modules)));
        }
        Set<String> trained = new TreeSet<>(plain.weights().stream()
                .filter(weight -> weight.head() || !source.inBase(weight.name()))
                .map(WeightSpec::name)
                .toList());
        List<String> saved = modules(trained, family);
        List<Linear> adapted = plain.linears().stream()
                .filter(linear -> targets.stream().anyMatch(target -> Targets.matches(linear.module(), target)))
                .filter(linear -> saved.stream().noneMatch(whole -> Targets.contains(linear.module(), whole)))
                .toList();
        if (adapted.isEmpty()) {
            throw new ModelException(
                    "tuning = lora: the targets %s name only the head, which is trained as a whole; name others of %s"
                            .formatted(targets, Targets.ends(modules)));
        }
        adapted.forEach(linear -> {
            trained.add(AdapterFile.a(linear.module()));
            trained.add(AdapterFile.b(linear.module()));
        });
        Set<String> names = new TreeSet<>(adapted.stream().map(Linear::module).toList());
        source.adapter().ifPresent(adapter -> requireSame(lora, names, adapter, plain.linears()));
        AdapterConfig config = new AdapterConfig(
                lora.rank(),
                lora.alpha(),
                lora.dropout(),
                targets,
                saved,
                adapted.stream().anyMatch(Linear::transposed),
                Optional.empty(),
                source.adapter().flatMap(adapter -> adapter.config().base()));
        return new Trained(
                trained, new Adapters(lora.rank(), config.scale(), lora.dropout(), names), Optional.of(config));
    }

    /** Returns the modules right below the model that the weights belong to, as PEFT names what it saves. */
    static List<String> modules(Iterable<String> weights, Family family) {
        Set<String> modules = new TreeSet<>();
        for (String weight : weights) {
            if (!AdapterFile.isAdapter(weight)) {
                String below = weight.startsWith(family.prefix())
                        ? weight.substring(family.prefix().length())
                        : weight;
                modules.add(below.substring(0, below.indexOf('.')));
            }
        }
        return List.copyOf(modules);
    }

    private static void requireSame(Tuning.Lora lora, Set<String> names, SavedAdapter adapter, List<Linear> linears) {
        AdapterConfig config = adapter.config();
        List<String> faults = new ArrayList<>();
        if (config.rank() != lora.rank()) {
            faults.add("r = %d but rank = %d is set".formatted(config.rank(), lora.rank()));
        }
        if (config.alpha() != lora.alpha()) {
            faults.add("lora_alpha = %s but alpha = %s is set".formatted(config.alpha(), lora.alpha()));
        }
        if (!names.equals(new TreeSet<>(adapter.modules(linears)))) {
            faults.add("target_modules = %s but the targets that are set mean %s".formatted(config.targets(), names));
        }
        if (!faults.isEmpty()) {
            throw new ModelException("tuning = lora: the directory's adapter has %s; set what it has, or merge it first"
                    .formatted(String.join(", ", faults)));
        }
    }
}
