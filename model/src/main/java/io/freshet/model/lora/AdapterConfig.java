package io.freshet.model.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An {@code adapter_config.json} of PEFT (https://huggingface.co/docs/peft/developer_guides/checkpoint) for LoRA.
 *
 * @param rank inner width of an adapter, {@code r}
 * @param alpha {@code lora_alpha}: an adapter's output is scaled by alpha / rank
 * @param dropout {@code lora_dropout}: probability of dropout before an adapter
 * @param targets {@code target_modules}: names of modules, or what their names end with behind a point
 * @param saved {@code modules_to_save}: modules that were trained as a whole and lie in the adapter's file
 * @param transposed {@code fan_in_fan_out}: whether the adapted modules store their matrix as (in, out)
 * @param task {@code task_type}, such as SEQ_CLS
 * @param base {@code base_model_name_or_path}: the model that the adapter was trained beside
 */
public record AdapterConfig(
        int rank,
        double alpha,
        double dropout,
        List<String> targets,
        List<String> saved,
        boolean transposed,
        Optional<String> task,
        Optional<String> base) {

    public static final String FILE = "adapter_config.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public AdapterConfig {
        targets = List.copyOf(targets);
        saved = List.copyOf(saved);
    }

    /** Returns the factor of an adapter's output. */
    public double scale() {
        return alpha / rank;
    }

    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * Reads a directory's configuration.
     *
     * @throws ModelException naming every key that is not what LoRA as it is built here can be, and the rule
     */
    public static AdapterConfig read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode root) {
                return AdapterKeys.parse(file.toString(), root);
            }
        } catch (JsonProcessingException e) {
            throw new ModelException("%s is not valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
        throw new ModelException("%s is not a JSON object".formatted(file));
    }

    /** Writes the keys that every version of PEFT since 0.5 reads. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.putNull("auto_mapping").put("base_model_name_or_path", base.orElse(null));
        root.put("bias", "none").put("fan_in_fan_out", transposed);
        root.put("inference_mode", true).put("init_lora_weights", true);
        root.putNull("layers_pattern").putNull("layers_to_transform");
        root.set("lora_alpha", number(alpha));
        root.put("lora_dropout", dropout);
        if (saved.isEmpty()) {
            root.putNull("modules_to_save");
        } else {
            saved.forEach(root.putArray("modules_to_save")::add);
        }
        root.put("peft_type", "LORA").put("r", rank).putNull("revision");
        targets.forEach(root.putArray("target_modules")::add);
        root.put("task_type", task.orElse(null));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    /** PEFT writes a whole number where alpha is one. */
    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
                ? JSON.getNodeFactory().numberNode((int) value)
                : JSON.getNodeFactory().numberNode(value);
    }
}
