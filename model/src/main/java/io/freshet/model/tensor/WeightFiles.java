package io.freshet.model.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The weights of a directory: {@code model.safetensors}, or shards named by {@code model.safetensors.index.json}. */
public final class WeightFiles implements AutoCloseable {

    public static final String SINGLE = "model.safetensors";
    public static final String INDEX = "model.safetensors.index.json";

    private final Map<String, SafeTensorsFile> files = new TreeMap<>();
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

    private void openShards(Path directory) throws IOException {
        Path index = directory.resolve(INDEX);
        JsonNode map = new JsonMapper().readTree(Files.readAllBytes(index)).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new ModelException("%s: weight_map is missing or empty".formatted(index));
        }
        for (var entry : map.properties()) {
            String shard = entry.getValue().asText();
            if (!shard.equals(Path.of(shard).getFileName().toString())) {
                throw new ModelException("%s: shard '%s' of tensor '%s' is not a file of the directory"
                        .formatted(index, shard, entry.getKey()));
            }
            if (!Files.exists(directory.resolve(shard))) {
                throw new ModelException(
                        "%s: shard '%s' of tensor '%s' is missing".formatted(index, shard, entry.getKey()));
            }
            SafeTensorsFile file = file(directory, shard);
            if (!file.names().contains(entry.getKey())) {
                throw new ModelException(
                        "%s: tensor '%s' is not in shard '%s'".formatted(index, entry.getKey(), shard));
            }
            byTensor.put(entry.getKey(), file);
        }
    }

    private SafeTensorsFile file(Path directory, String name) throws IOException {
        SafeTensorsFile file = files.get(name);
        if (file == null) {
            file = SafeTensorsFile.open(directory.resolve(name));
            files.put(name, file);
        }
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
        for (SafeTensorsFile file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
