package io.freshet.model.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checked header of a safetensors file.
 *
 * <p>Format: https://github.com/huggingface/safetensors, "Format": eight bytes of header length, little-endian, a JSON
 * object from tensor names to type, shape and offsets, then the data without holes and to the end of the file.
 *
 * @param entries tensors by name, in order of name
 * @param metadata the free text under {@code __metadata__}
 */
record SafeTensorsHeader(Map<String, TensorEntry> entries, Map<String, String> metadata) {

    /**
     * Longest header that is read, bytes. The format allows 100 MB, which would need a gigabyte of heap as JSON; like the
     * hub's own client this stops at a quarter of it, more than 150,000 tensors.
     */
    static final int LIMIT = 25_000_000;

    private static final String METADATA = "__metadata__";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Parses and checks a header.
     *
     * @param file name for messages
     * @param json the header
     * @param dataBytes bytes in the file behind the header
     * @throws ModelException naming the file, the tensor and the rule
     */
    static SafeTensorsHeader parse(String file, byte[] json, long dataBytes) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ModelException("%s: the header is not valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (java.io.IOException e) {
            throw new ModelException("%s: the header cannot be read".formatted(file), e);
        }
        if (!root.isObject()) {
            throw new ModelException("%s: the header is not a JSON object".formatted(file));
        }
        Map<String, String> metadata = metadata(file, root.path(METADATA));
        Map<String, TensorEntry> entries = new TreeMap<>();
        root.properties().stream()
                .filter(property -> !property.getKey().equals(METADATA))
                .forEach(property ->
                        entries.put(property.getKey(), entry(file, property.getKey(), property.getValue(), dataBytes)));
        requireContiguous(file, entries, dataBytes);
        return new SafeTensorsHeader(entries, metadata);
    }

    private static Map<String, String> metadata(String file, JsonNode node) {
        Map<String, String> metadata = new TreeMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            throw new ModelException("%s: %s is not a JSON object".formatted(file, METADATA));
        }
        for (var property : node.properties()) {
            if (!property.getValue().isTextual()) {
                throw new ModelException("%s: %s: '%s' is not a text".formatted(file, METADATA, property.getKey()));
            }
            metadata.put(property.getKey(), property.getValue().asText());
        }
        return metadata;
    }

    private static TensorEntry entry(String file, String name, JsonNode node, long dataBytes) {
        if (!node.isObject()) {
            throw fault(file, name, "%s is not an object of dtype, shape and data_offsets".formatted(node));
        }
        ElementType type = type(file, name, node.path("dtype").asText());
        TensorShape shape = new TensorShape(longs(file, name, node.path("shape"), "shape"));
        List<Long> offsets = longs(file, name, node.path("data_offsets"), "data_offsets");
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw fault(file, name, "data_offsets %s are not a beginning and an end behind it".formatted(offsets));
        }
        TensorEntry entry = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
        if (entry.end() > dataBytes) {
            throw fault(
                    file,
                    name,
                    "its data ends at byte %d but the file holds %d bytes of data; it was cut off, fetch it again"
                            .formatted(entry.end(), dataBytes));
        }
        long needed = bytes(file, name, entry);
        if (needed != entry.bytes()) {
            throw fault(
                    file,
                    name,
                    "shape %s of %s needs %d bytes but data_offsets give it %d"
                            .formatted(shape, type, needed, entry.bytes()));
        }
        return entry;
    }

    private static long bytes(String file, String name, TensorEntry entry) {
        try {
            return Math.multiplyExact(entry.shape().size(), (long) entry.type().bytes());
        } catch (ArithmeticException e) {
            throw new ModelException(
                    "%s: tensor '%s': shape %s is larger than any file".formatted(file, name, entry.shape()), e);
        }
    }

    private static ElementType type(String file, String name, String type) {
        for (ElementType known : ElementType.values()) {
            if (known.name().equals(type)) {
                return known;
            }
        }
        throw fault(file, name, "dtype '%s' is unknown; known are %s".formatted(type, List.of(ElementType.values())));
    }

    private static List<Long> longs(String file, String name, JsonNode node, String key) {
        List<Long> values = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode value : node) {
                if (value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0) {
                    values.add(value.asLong());
                }
            }
        }
        if (!node.isArray() || values.size() != node.size()) {
            throw fault(file, name, "%s %s is not a list of whole numbers of at least 0".formatted(key, node));
        }
        return values;
    }

    /** Every byte of the data belongs to one tensor. */
    private static void requireContiguous(String file, Map<String, TensorEntry> entries, long dataBytes) {
        List<TensorEntry> byOffset = new ArrayList<>(entries.values());
        byOffset.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        long end = 0;
        String last = "the header";
        for (TensorEntry entry : byOffset) {
            if (entry.begin() < end) {
                throw fault(
                        file,
                        entry.name(),
                        "its data from byte %d overlaps that of %s, which ends at %d"
                                .formatted(entry.begin(), last, end));
            }
            if (entry.begin() > end) {
                throw fault(
                        file,
                        entry.name(),
                        "its data begins at byte %d, %d bytes behind %s: data has no gaps"
                                .formatted(entry.begin(), entry.begin() - end, last));
            }
            end = entry.end();
            last = "'%s'".formatted(entry.name());
        }
        if (end != dataBytes) {
            throw new ModelException("%s: the file holds %d bytes behind %s that belong to no tensor"
                    .formatted(file, dataBytes - end, last));
        }
    }

    private static ModelException fault(String file, String name, String rule) {
        return new ModelException("%s: tensor '%s': %s".formatted(file, name, rule));
    }
}
