package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.TensorShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the weights that a program needs with those that a file has. */
final class WeightCheck {

    private static final Logger LOG = LoggerFactory.getLogger(WeightCheck.class);

    private WeightCheck() {}

    /**
     * Checks names and shapes, before anything is loaded.
     *
     * @throws ModelException with every missing, unknown or misshapen tensor
     */
    static void require(Path directory, Family family, List<WeightSpec> specs, WeightSource source, int labels) {
        List<String> faults = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(source.all());
        for (WeightSpec spec : specs) {
            unknown.remove(spec.name());
            if (source.has(spec.name())) {
                TensorShape wanted = FreshWeights.shape(spec, labels);
                TensorShape found = source.shape(spec.name());
                if (!found.equals(wanted)) {
                    faults.add("tensor '%s' has shape %s but config.json needs %s"
                            .formatted(source.inFile(spec.name()), found, wanted));
                }
            } else if (family.isOfHead(spec.name()) && !source.hasPartOf(module(spec.name()))) {
                fresh.add(spec.name());
            } else {
                faults.add("tensor '%s' is missing".formatted(spec.name()));
            }
        }
        unknown.forEach(
                name -> faults.add("tensor '%s' is not part of %s".formatted(source.inFile(name), family.bareClass())));
        if (!faults.isEmpty()) {
            throw new ModelException("%s: %s".formatted(directory, String.join("; ", faults)));
        }
        if (!fresh.isEmpty()) {
            LOG.info("{}: made anew, not in the file: {}", directory, fresh);
        }
    }

    /** The layer that a weight is part of: a layer that is there in part was not left out but damaged. */
    private static String module(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }
}
