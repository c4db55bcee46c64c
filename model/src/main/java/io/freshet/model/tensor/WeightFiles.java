package io.freshet.model.tensor;

import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The weights of a directory: {@code model.safetensors}, or shards named by {@code model.safetensors.index.json}. */
public final class WeightFiles implements AutoCloseable {

    public static final String SINGLE = "model.safetensors";
    public static final String INDEX = "model.safetensors.index.json";

    private final List<SafeTensorsFile> files = new ArrayList<>();
    private final Map<String, SafeTensorsFile> byTensor = new TreeMap<>();

    private WeightFiles() {}

    /**
     * Opens the weights and checks every header.
     *
     * @throws ModelException if there are none or a file breaks the format
     */
    public static WeightFiles open(Path directory) throws IOException {
        WeightFiles weights = new WeightFiles();
        try {
            if (Files.exists(directory.resolve(SINGLE))) {
                SafeTensorsFile file = weights.file(directory, SINGLE);
                file.names().forEach(name -> weights.byTensor.put(name, file));
            } else if (Files.exists(directory.resolve(INDEX))) {
                weights.openShards(directory);
            } else {
                throw new ModelException(
                        "%s has neither %s nor %s; weights in other formats (pytorch_model.bin) are not read: convert them"
                                .formatted(directory, SINGLE, INDEX));
            }
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** Keeps the files of a directory's weights, which can be opened, to write them again. */
    public static KeptFiles keep(Path directory) throws IOException {
        if (Files.exists(directory.resolve(SINGLE))) {
            return KeptFiles.of(directory, List.of(SINGLE));
        }
        List<String> names = new ArrayList<>(
                new TreeSet<>(ShardIndex.read(directory.resolve(INDEX)).shards().values()));
        names.add(INDEX);
        return KeptFiles.of(directory, names);
    }

    private void openShards(Path directory) throws IOException {
        ShardIndex index = ShardIndex.read(directory.resolve(INDEX));
        index.requireFiles();
        for (String shard : new TreeSet<>(index.shards().values())) {
            SafeTensorsFile file = file(directory, shard);
            index.requireSame(shard, file);
            file.names().forEach(name -> byTensor.put(name, file));
        }
    }

    private SafeTensorsFile file(Path directory, String name) throws IOException {
        SafeTensorsFile file = SafeTensorsFile.open(directory.resolve(name));
        files.add(file);
        return file;
    }

    public Set<String> names() {
        return byTensor.keySet();
    }

    public TensorShape shape(String name) {
        return of(name).shape(name);
    }

    /** Reads a tensor as float32, see {@link SafeTensorsFile#read}. */
    public HostTensor read(String name) throws IOException {
        return of(name).read(name);
    }

    private SafeTensorsFile of(String name) {
        SafeTensorsFile file = byTensor.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no tensor '%s'".formatted(name));
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        for (SafeTensorsFile file : files) {
            file.close();
        }
        files.clear();
    }
}
