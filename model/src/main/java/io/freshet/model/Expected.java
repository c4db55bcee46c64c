package io.freshet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.SafeTensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What transformers computed for a directory: {@code expected.json} and {@code expected.safetensors}. */
final class Expected {

    private static final String GRADIENT = "grad.";

    private final JsonNode json;
    private final long[] ids;
    private final int width;
    private final long[] labels;
    private final float[] logits;
    private final float[] logitsAfter;
    private final Map<String, float[]> gradients = new TreeMap<>();

    private Expected(JsonNode json, SafeTensorsFile tensors) throws IOException {
        this.json = json;
        ids = tensors.readLongs("input.input_ids");
        width = Math.toIntExact(tensors.shape("input.input_ids").extents().get(1));
        labels = tensors.readLongs("labels");
        logits = tensors.read("logits").toArray();
        logitsAfter = tensors.read("logits_after_3_steps").toArray();
        for (String name : tensors.names()) {
            if (name.startsWith(GRADIENT)) {
                gradients.put(
                        name.substring(GRADIENT.length()), tensors.read(name).toArray());
            }
        }
    }

    static Expected read(Path directory) throws IOException {
        Path json = directory.resolve("expected.json");
        if (!Files.isRegularFile(json)) {
            throw new ModelException(
                    "%s is missing; parity is checked on a directory with transformers' own results".formatted(json));
        }
        try (SafeTensorsFile tensors = SafeTensorsFile.open(directory.resolve("expected.safetensors"))) {
            return new Expected(new JsonMapper().readTree(json.toFile()), tensors);
        }
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        json.path("texts").forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Returns token ids, padded, one text after the other. */
    long[] ids() {
        return ids;
    }

    /** Returns the length that texts are cut and padded to. */
    int width() {
        return width;
    }

    long[] labels() {
        return labels;
    }

    float[] logits() {
        return logits;
    }

    float[] logitsAfter() {
        return logitsAfter;
    }

    Map<String, float[]> gradients() {
        return gradients;
    }

    double loss() {
        return json.path("loss").asDouble();
    }

    List<Double> losses() {
        List<Double> losses = new ArrayList<>();
        json.path("losses").forEach(loss -> losses.add(loss.asDouble()));
        return losses;
    }

    Map<String, Double> gradientNorms() {
        Map<String, Double> norms = new TreeMap<>();
        json.path("grad_norm_by_parameter")
                .properties()
                .forEach(norm -> norms.put(norm.getKey(), norm.getValue().asDouble()));
        return norms;
    }

    /** Returns the settings of a step: every parameter decays, as in the plain PyTorch optimizer. */
    StepSettings step(long step) {
        JsonNode hyper = json.path("hyper");
        double rate = hyper.path("lr").asDouble();
        return new StepSettings(
                step,
                0,
                rate,
                rate,
                hyper.path("weight_decay").asDouble(),
                true,
                hyper.path("clip_grad_norm").asDouble());
    }
}
