package io.freshet.model.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The checked {@code model.safetensors.index.json} of a sharded model.
 *
 * @param file where it was read
 * @param shards file name of the shard by name of the tensor, in order of tensor
 */
public record ShardIndex(Path file, Map<String, String> shards) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.safetensors");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads an index; the shards need not be there.
     *
     * @throws ModelException naming the tensor and the rule that its entry breaks
     */
    public static ShardIndex read(Path file) throws IOException {
        JsonNode map;
        try {
            map = JSON.readTree(Files.readAllBytes(file)).path("weight_map");
        } catch (JsonProcessingException e) {
            throw new ModelException("%s is not valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw new ModelException("%s: weight_map is missing or empty".formatted(file));
        }
        Map<String, String> shards = new TreeMap<>();
        for (var entry : map.properties()) {
            String shard = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !NAME.matcher(shard).matches()) {
                throw new ModelException("%s: shard %s of tensor '%s' is not the name of a safetensors file beside it"
                        .formatted(file, entry.getValue(), entry.getKey()));
            }
            shards.put(entry.getKey(), shard);
        }
        return new ShardIndex(file, shards);
    }

    public ShardIndex {
        shards = Collections.unmodifiableMap(new TreeMap<>(shards));
    }

    /** Requires that every shard is there. */
    void requireFiles() {
        shards.forEach((tensor, shard) -> {
            if (!Files.isRegularFile(file.resolveSibling(shard))) {
                throw new ModelException("%s: shard '%s' of tensor '%s' is missing; fetch the model again"
                        .formatted(file, shard, tensor));
            }
        });
    }

    /** Requires that a shard holds the tensors that the index says, and no others. */
    void requireSame(String shard, SafeTensorsFile content) {
        for (String tensor : content.names()) {
            String stated = shards.get(tensor);
            if (stated == null) {
                throw new ModelException(
                        "%s: tensor '%s' of shard '%s' is not in weight_map".formatted(file, tensor, shard));
            }
            if (!stated.equals(shard)) {
                throw new ModelException("%s: tensor '%s' is in shard '%s' but weight_map says '%s'"
                        .formatted(file, tensor, shard, stated));
            }
        }
        shards.forEach((tensor, stated) -> {
            if (stated.equals(shard) && !content.names().contains(tensor)) {
                throw new ModelException("%s: tensor '%s' is not in shard '%s'".formatted(file, tensor, shard));
            }
        });
    }
}
