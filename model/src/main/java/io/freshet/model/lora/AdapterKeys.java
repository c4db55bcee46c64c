package io.freshet.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the keys of an {@code adapter_config.json}, all of them before it complains. */
final class AdapterKeys {

    /** Keys that say nothing about what the adapter computes. */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "fan_in_fan_out", // PEFT itself goes by the module
            "inference_mode",
            "layers_pattern",
            "loftq_config",
            "lora_ga_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config");

    /** Ways of starting an adapter that leave the base as it is. */
    private static final Set<String> STARTS = Set.of("", "true", "false", "gaussian", "eva", "orthogonal");

    private static final Set<String> READ = Set.of(
            "base_model_name_or_path",
            "bias",
            "init_lora_weights",
            "lora_alpha",
            "lora_dropout",
            "modules_to_save",
            "peft_type",
            "r",
            "target_modules",
            "task_type");

    private final ObjectNode root;
    private final List<String> faults = new ArrayList<>();

    private AdapterKeys(ObjectNode root) {
        this.root = root;
    }

    /** @param source where the keys come from, for messages */
    static AdapterConfig parse(String source, ObjectNode root) {
        AdapterKeys keys = new AdapterKeys(root);
        AdapterConfig config = keys.read();
        if (!keys.faults.isEmpty()) {
            throw new ModelException("%s: %s".formatted(source, String.join("; ", keys.faults)));
        }
        return config;
    }

    private AdapterConfig read() {
        if (!root.path("peft_type").asText().equals("LORA")) {
            fault("peft_type", "supported; LORA is");
        }
        if (!root.path("bias").asText("none").equals("none")) {
            fault("bias", "supported; none is: train without biases, or merge with PEFT");
        }
        if (!STARTS.contains(root.path("init_lora_weights").asText(""))) {
            fault("init_lora_weights", "supported: it changes the base's weights; convert the adapter with PEFT");
        }
        root.properties().forEach(property -> {
            if (!HARMLESS.contains(property.getKey())
                    && !READ.contains(property.getKey())
                    && isSet(property.getValue())) {
                fault(property.getKey(), "supported: it changes what an adapter computes; merge with PEFT");
            }
        });
        return new AdapterConfig(
                rank(),
                number("lora_alpha", 8, Double.MIN_VALUE, Double.MAX_VALUE, "a number above 0"),
                number("lora_dropout", 0, 0, Math.nextDown(1.0), "a probability in [0, 1)"),
                names("target_modules", true),
                names("modules_to_save", false),
                root.path("fan_in_fan_out").asBoolean(),
                text("task_type"),
                text("base_model_name_or_path"));
    }

    private int rank() {
        JsonNode node = root.path("r");
        if (node.isMissingNode()) {
            return 8; // PEFT's default
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
            fault("r", "a whole number of at least 1");
            return 1;
        }
        return node.asInt();
    }

    private double number(String key, double otherwise, double least, double most, String rule) {
        JsonNode node = root.path(key);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.asDouble() >= least && node.asDouble() <= most)) {
            fault(key, rule);
        }
        return node.asDouble();
    }

    private List<String> names(String key, boolean needed) {
        JsonNode node = root.path(key);
        List<String> names = new ArrayList<>();
        node.forEach(name -> names.add(name.asText()));
        if (node.isArray() ? needed && names.isEmpty() : needed || isSet(node)) {
            fault(key, "a list of module names; a pattern is not supported: list the modules");
        }
        return names;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(root.path(key).asText(null));
    }

    private static boolean isSet(JsonNode node) {
        boolean empty = node.isContainerNode() && node.isEmpty();
        boolean off = node.isBoolean() && !node.asBoolean();
        return !(node.isMissingNode() || node.isNull() || empty || off);
    }

    private void fault(String key, String rule) {
        JsonNode node = root.path(key);
        faults.add("%s = %s is not %s".formatted(key, node.isMissingNode() ? "(missing)" : node, rule));
    }
}
