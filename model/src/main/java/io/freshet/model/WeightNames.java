package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.lora.AdapterFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of weights as the program knows them, and as they stand in the file.
 *
 * <p>A bare body is saved without its prefix; files converted from TensorFlow call normalisation weights gamma and beta.
 */
final class WeightNames {

    private static final Logger LOG = LoggerFactory.getLogger(WeightNames.class);

    private final Map<String, String> inFile;
    private final Map<String, String> leftOut;

    private WeightNames(Map<String, String> inFile, Map<String, String> leftOut) {
        this.inFile = inFile;
        this.leftOut = leftOut;
    }

    /**
     * Maps the names of a file.
     *
     * @param specs the weights that the program uses
     * @throws ModelException if two tensors of the file mean the same weight
     */
    static WeightNames of(Path directory, Family family, List<WeightSpec> specs, Set<String> fileNames) {
        Set<String> used = specs.stream().map(WeightSpec::name).collect(Collectors.toSet());
        Map<String, String> names = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        boolean prefixed = fileNames.stream().anyMatch(name -> name.startsWith(family.prefix()));
        for (String fileName : fileNames) {
            String name = modern(fileName);
            if (!prefixed && !family.isOfHead(name)) {
                name = family.prefix() + name;
            }
            boolean needless = !used.contains(name) && !AdapterFile.isAdapter(name);
            if (needless && (family.isOfHead(name) || family.isBuffer(name))) {
                leftOut.put(name, fileName);
                continue;
            }
            String other = names.put(name, fileName);
            if (other != null) {
                throw new ModelException(
                        "%s: tensors '%s' and '%s' both are weight '%s'".formatted(directory, other, fileName, name));
            }
        }
        if (!leftOut.isEmpty()) {
            LOG.info("{}: left out, not part of this model: {}", directory, leftOut.values());
        }
        return new WeightNames(names, leftOut);
    }

    private static String modern(String name) {
        if (name.endsWith(".gamma")) {
            return name.substring(0, name.length() - ".gamma".length()) + ".weight";
        }
        if (name.endsWith(".beta")) {
            return name.substring(0, name.length() - ".beta".length()) + ".bias";
        }
        return name;
    }

    boolean has(String name) {
        return inFile.containsKey(name);
    }

    /** Whether there is a weight whose name begins so. */
    boolean hasPartOf(String module) {
        return inFile.keySet().stream().anyMatch(name -> name.startsWith(module));
    }

    /** Returns the name in the file of a tensor that is there but that the program does not use. */
    Optional<String> leftOut(String name) {
        return Optional.ofNullable(leftOut.get(name));
    }

    Set<String> all() {
        return inFile.keySet();
    }

    /** Returns the name in the file of a weight that is there. */
    String inFile(String name) {
        String found = inFile.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no weight '%s'".formatted(name));
        }
        return found;
    }
}
