package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.arch.Linear;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.lora.AdapterFile;
import io.freshet.model.lora.LowRank;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The weights of a directory by the program's names: those of an adapter in front of those of its base. */
final class WeightSource implements AutoCloseable {

    private final WeightFiles base;
    private final WeightNames baseNames;
    private final Optional<SavedAdapter> adapter;

    private WeightSource(WeightFiles base, WeightNames baseNames, Optional<SavedAdapter> adapter) {
        this.base = base;
        this.baseNames = baseNames;
        this.adapter = adapter;
    }

    /**
     * Opens the files.
     *
     * @param specs the weights of the network without adapters
     */
    static WeightSource open(ModelFolder folder, Family family, List<WeightSpec> specs) throws IOException {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            Path weights = folder.weights();
            WeightFiles base = WeightFiles.open(weights);
            opened.add(base);
            WeightNames names = WeightNames.of(weights, family, specs, base.names());
            Optional<SavedAdapter> adapter = Optional.empty();
            if (folder.hasAdapter()) {
                adapter = Optional.of(SavedAdapter.open(folder.directory(), family, specs));
            }
            return new WeightSource(base, names, adapter);
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable files : opened) {
                closeQuietly(files, e);
            }
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable files, Exception cause) {
        try {
            files.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    Optional<SavedAdapter> adapter() {
        return adapter;
    }

    boolean inBase(String weight) {
        return baseNames.has(weight);
    }

    boolean has(String weight) {
        return inAdapter(weight) || inBase(weight);
    }

    /** Whether a weight is there whose name begins so. */
    boolean hasPartOf(String module) {
        return all().stream().anyMatch(name -> name.startsWith(module));
    }

    private boolean inAdapter(String weight) {
        return adapter.isPresent() && adapter.get().has(weight);
    }

    /** Returns the shape of a weight that is there. */
    TensorShape shape(String weight) {
        return inAdapter(weight) ? adapter.orElseThrow().shape(weight) : base.shape(baseNames.inFile(weight));
    }

    /** Returns the name in its file of a weight that is there. */
    String inFile(String weight) {
        return inAdapter(weight) ? adapter.orElseThrow().inFile(weight) : baseNames.inFile(weight);
    }

    /** Returns the names of all weights but those of adapters. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(baseNames.all());
        adapter.ifPresent(saved -> saved.all().stream()
                .filter(name -> !AdapterFile.isAdapter(name))
                .forEach(all::add));
        return all;
    }

    /** Reads a weight that is there. */
    HostTensor read(String weight) throws IOException {
        HostTensor tensor =
                inAdapter(weight) ? adapter.orElseThrow().read(weight) : base.read(baseNames.inFile(weight));
        return tensor.renamed(weight);
    }

    /**
     * Checks that a head that shares the words' embeddings is the same as they where a file holds it all the same.
     *
     * @throws ModelException if the file holds another one
     */
    void requireShared(Path directory, Family family) throws IOException {
        Optional<String> head = baseNames.leftOut(family.headTable());
        if (head.isEmpty()) {
            return;
        }
        HostTensor table = read(family.wordTable());
        HostTensor other = base.read(head.get());
        if (!other.shape().equals(table.shape()) || !other.data().equals(table.data())) {
            throw new ModelException(
                    "%s: tensor '%s' is not the same as '%s', but config.json says that they are (tie_word_embeddings); set that to false to keep both"
                            .formatted(directory, head.get(), inFile(family.wordTable())));
        }
    }

    /** Reads the matrix of a module with its adapter merged into it, where there is one. */
    HostTensor merged(Linear linear) throws IOException {
        HostTensor weight = read(linear.module() + ".weight");
        String a = AdapterFile.a(linear.module());
        if (!inAdapter(a)) {
            return weight;
        }
        HostTensor b = read(AdapterFile.b(linear.module()));
        return LowRank.merge(weight, read(a), b, adapter.orElseThrow().config().scale(), linear.transposed());
    }

    @Override
    public void close() throws IOException {
        base.close();
        if (adapter.isPresent()) {
            adapter.get().close();
        }
    }
}
