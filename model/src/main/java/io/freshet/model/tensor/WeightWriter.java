package io.freshet.model.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the weights of a directory: {@code model.safetensors}, or shards and their index where that would be too long.
 * Weights that were there before are gone when it has ended.
 */
public final class WeightWriter {

    /** Bytes of tensors in a file above which transformers 4 begins another; 5 would write larger ones. */
    public static final long MAX_SHARD_BYTES = 5_000_000_000L;

    private static final Pattern SHARD = Pattern.compile("model-[0-9]{5}-of-[0-9]{5}\\.safetensors");
    private static final JsonMapper JSON = new JsonMapper();

    private WeightWriter() {}

    /**
     * Writes tensors.
     *
     * @param maxShardBytes most bytes of tensors in a file, at least 1; a larger tensor gets a file of its own
     * @throws io.freshet.model.ModelException if a finite number would be infinite in {@code type}
     */
    public static void write(
            Path directory, List<HostTensor> tensors, Map<String, String> metadata, StoredType type, long maxShardBytes)
            throws IOException {
        List<List<HostTensor>> shards = shards(tensors, type, maxShardBytes);
        if (shards.size() <= 1) {
            SafeTensorsWriter.write(directory.resolve(WeightFiles.SINGLE), tensors, metadata, type);
            Files.deleteIfExists(directory.resolve(WeightFiles.INDEX));
            removeShardsBut(directory, Set.of());
            return;
        }
        Set<String> written = new TreeSet<>();
        ObjectNode index = JSON.createObjectNode();
        ObjectNode about = index.putObject("metadata");
        ObjectNode map = index.putObject("weight_map");
        long total = 0;
        for (List<HostTensor> shard : shards) {
            String name = "model-%05d-of-%05d.safetensors".formatted(written.size() + 1, shards.size());
            SafeTensorsWriter.write(directory.resolve(name), shard, metadata, type);
            written.add(name);
            for (HostTensor tensor : shard) {
                map.put(tensor.name(), name);
                total += bytes(tensor, type);
            }
        }
        about.put("total_size", total);
        DurableFile.write(
                directory.resolve(WeightFiles.INDEX),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
        Files.deleteIfExists(directory.resolve(WeightFiles.SINGLE)); // which readers would take first
        removeShardsBut(directory, written);
    }

    /** Fills one file after the other, in order of name. */
    private static List<List<HostTensor>> shards(List<HostTensor> tensors, StoredType type, long maxShardBytes) {
        if (maxShardBytes < 1) {
            throw new IllegalArgumentException("a shard of at most %d bytes".formatted(maxShardBytes));
        }
        List<List<HostTensor>> shards = new ArrayList<>();
        long room = 0;
        for (HostTensor tensor :
                tensors.stream().sorted(Comparator.comparing(HostTensor::name)).toList()) {
            if (shards.isEmpty() || bytes(tensor, type) > room) {
                shards.add(new ArrayList<>());
                room = maxShardBytes;
            }
            shards.get(shards.size() - 1).add(tensor);
            room -= bytes(tensor, type);
        }
        return shards;
    }

    private static long bytes(HostTensor tensor, StoredType type) {
        return tensor.shape().size() * type.bytes();
    }

    private static void removeShardsBut(Path directory, Set<String> written) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                String name = path.getFileName().toString();
                if (SHARD.matcher(name).matches() && !written.contains(name)) {
                    Files.delete(path);
                }
            }
        }
    }
}
