package io.freshet.model.lora;

import io.freshet.model.ModelException;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An {@code adapter_model.safetensors} opened for reading. PEFT wraps a model twice, so every name in the file begins
 * with {@value #WRAPPERS}; here names stand without it. Not safe for several threads.
 */
public final class AdapterFile implements AutoCloseable {

    public static final String FILE = "adapter_model.safetensors";

    static final String WRAPPERS = "base_model.model.";

    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    private final SafeTensorsFile tensors;
    private final Set<String> names = new TreeSet<>();

    private AdapterFile(Path file, SafeTensorsFile tensors) {
        this.tensors = tensors;
        for (String name : tensors.names()) {
            if (!name.startsWith(WRAPPERS)) {
                throw new ModelException("%s: tensor '%s' does not begin with '%s'; it is not a file of PEFT's"
                        .formatted(file, name, WRAPPERS));
            }
            names.add(name.substring(WRAPPERS.length()));
        }
    }

    /**
     * Opens the file of a directory and checks its header.
     *
     * @throws ModelException if it is missing or breaks a rule of the format
     */
    public static AdapterFile open(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    "%s has %s but not %s; adapters in other formats (adapter_model.bin) are not read: convert them"
                            .formatted(directory, AdapterConfig.FILE, FILE));
        }
        SafeTensorsFile tensors = SafeTensorsFile.open(file);
        try {
            return new AdapterFile(file, tensors);
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    /** Writes a directory's file, from tensors named without PEFT's prefix. */
    public static void write(Path directory, List<HostTensor> tensors, StoredType type) throws IOException {
        List<HostTensor> renamed = tensors.stream()
                .map(tensor -> tensor.renamed(WRAPPERS + tensor.name()))
                .toList();
        SafeTensorsWriter.write(directory.resolve(FILE), renamed, Map.of("format", "pt"), type);
    }

    /** Returns the name of a module's first matrix, shape (rank, in). */
    public static String a(String module) {
        return module + A;
    }

    /** Returns the name of a module's second matrix, shape (out, rank). */
    public static String b(String module) {
        return module + B;
    }

    /** Whether a weight belongs to an adapter and not to the model. */
    public static boolean isAdapter(String weight) {
        return weight.endsWith(A) || weight.endsWith(B);
    }

    /** Returns the module that a weight of an adapter belongs to. */
    public static String module(String weight) {
        return weight.substring(0, weight.length() - A.length()); // both endings have one length
    }

    /** Returns the names of the tensors in order. */
    public Set<String> names() {
        return names;
    }

    public TensorShape shape(String name) {
        return tensors.shape(WRAPPERS + name);
    }

    /** Reads a tensor as float32, see {@link SafeTensorsFile#read}. */
    public HostTensor read(String name) throws IOException {
        return tensors.read(WRAPPERS + name).renamed(name);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}
