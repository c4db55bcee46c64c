package io.freshet.model.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@code config.json}, of transformers 4 or 5. Immutable; keys that nobody here knows are kept. */
public final class ModelConfig {

    public static final String FILE = "config.json";

    /** Says how text is generated; not every directory has it. */
    public static final String GENERATION = "generation_config.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String source;
    private final ObjectNode root;

    /** @param source where it comes from, for messages */
    private ModelConfig(String source, ObjectNode root) {
        this.source = source;
        this.root = root;
    }

    /**
     * Reads a directory's configuration.
     *
     * @throws ModelException if it is missing or no JSON object
     */
    public static ModelConfig read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("%s is missing; give a Hugging Face directory".formatted(file));
        }
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * Reads which tokens end a generated text: those of {@link #GENERATION} where it names some, else those of this
     * configuration.
     *
     * @param directory the directory that this configuration is from
     */
    public List<Integer> endOfText(Path directory) throws IOException {
        Path file = directory.resolve(GENERATION);
        if (Files.isRegularFile(file)) {
            List<Integer> named = parse(file.toString(), Files.readString(file)).tokens("eos_token_id");
            if (!named.isEmpty()) {
                return named;
            }
        }
        return tokens("eos_token_id");
    }

    /**
     * Parses a configuration.
     *
     * @param source where it comes from, for messages
     * @throws ModelException if it is no JSON object
     */
    public static ModelConfig parse(String source, String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new ModelConfig(source, object);
            }
        } catch (JsonProcessingException e) {
            throw new ModelException("%s is not valid JSON: %s".formatted(source, e.getOriginalMessage()), e);
        }
        throw new ModelException("%s is not a JSON object".formatted(source));
    }

    /**
     * Checks that a classifier of this configuration gives one label a text.
     *
     * @throws ModelException if it does not
     */
    public void requireClassification() {
        String problem = text("problem_type", "single_label_classification");
        if (!problem.equals("single_label_classification")) {
            throw fault("problem_type", "supported; single_label_classification is");
        }
    }

    /** Returns the labels, see {@link Labels}. */
    public List<String> labels() {
        return Labels.read(source, root);
    }

    /** Returns a copy for a classifier with these labels. */
    public ModelConfig asClassifier(String architecture, List<String> labels) {
        ObjectNode copy = named(architecture);
        Labels.write(copy, labels);
        return new ModelConfig(source, copy);
    }

    /** Returns a copy for a model without labels: a body without a head, or a language model. */
    public ModelConfig asUnlabelled(String architecture) {
        ObjectNode copy = named(architecture);
        Labels.remove(copy);
        return new ModelConfig(source, copy);
    }

    /** Returns a copy that says how the weights are stored, as transformers names it. */
    public ModelConfig storedAs(String dtype) {
        ObjectNode copy = root.deepCopy();
        List<String> keys = List.of("dtype", "torch_dtype"); // of transformers 5 and of 4
        keys.stream().filter(copy::has).forEach(key -> copy.put(key, dtype));
        if (keys.stream().noneMatch(copy::has)) {
            copy.put("torch_dtype", dtype); // which both read
        }
        return new ModelConfig(source, copy);
    }

    /** Returns transformers' class that the file names first, empty where it names none. */
    public String architecture() {
        return root.path("architectures").path(0).asText("");
    }

    private ObjectNode named(String architecture) {
        ObjectNode copy = root.deepCopy();
        copy.putArray("architectures").add(architecture);
        return copy;
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    public String text(String key) {
        String value = text(key, "");
        if (value.isEmpty()) {
            throw fault(key, "a text");
        }
        return value;
    }

    public String text(String key, String otherwise) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isTextual()) {
            throw fault(key, "a text");
        }
        return node.asText();
    }

    /**
     * Returns an object within the configuration, empty where it is missing or null.
     *
     * @throws ModelException if the value is no object
     */
    public Optional<ModelConfig> section(String key) {
        if (!root.hasNonNull(key)) {
            return Optional.empty();
        }
        if (root.path(key) instanceof ObjectNode object) {
            return Optional.of(new ModelConfig(source + ": " + key, object));
        }
        throw fault(key, "an object");
    }

    /** Returns a whole number of at least 1. */
    public int count(String key) {
        JsonNode node = root.path(key);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
            throw fault(key, "a whole number of at least 1");
        }
        return node.asInt();
    }

    public int count(String key, int otherwise) {
        return root.hasNonNull(key) ? count(key) : otherwise;
    }

    /** Returns the number of attention heads, which divides {@code width}. */
    public int heads(String key, long width) {
        int heads = count(key);
        if (width % heads != 0) {
            throw fault(key, "a divisor of the width " + width);
        }
        return heads;
    }

    /** Returns the id of the padding token, -1 if there is none. */
    public int padding() {
        return root.hasNonNull("pad_token_id") ? tokens("pad_token_id").get(0) : -1;
    }

    /**
     * Returns the token ids of a key that holds one or a list; none where it is missing or null.
     *
     * @throws ModelException if one is no token id
     */
    public List<Integer> tokens(String key) {
        List<Integer> ids = new ArrayList<>();
        if (root.hasNonNull(key)) {
            JsonNode value = root.path(key);
            for (JsonNode node : value.isArray() ? value : List.of(value)) {
                if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 0) {
                    throw fault(key, "a token id or a list of them");
                }
                ids.add(node.asInt());
            }
        }
        return ids;
    }

    /** Returns a probability below 1. */
    public double probability(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value >= 0 && value < 1)) {
            throw fault(key, "a probability in [0, 1)");
        }
        return value;
    }

    public double number(String key, double otherwise) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw fault(key, "a number");
        }
        return node.asDouble();
    }

    public boolean flag(String key, boolean otherwise) {
        if (!root.hasNonNull(key)) {
            return otherwise;
        }
        if (!root.path(key).isBoolean()) {
            throw fault(key, "true or false");
        }
        return root.path(key).asBoolean();
    }

    /** Returns the error that a key's value is not what {@code rule} says. */
    public ModelException fault(String key, String rule) {
        JsonNode node = root.path(key);
        return new ModelException(
                "%s: %s = %s is not %s".formatted(source, key, node.isMissingNode() ? "(missing)" : node, rule));
    }
}
