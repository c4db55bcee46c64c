package io.freshet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.torch.LabelledBatch;
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
    private final long[] present;
    private final int width;
    private final long[] labels;
    private final float[] logits;
    private final float[] logitsAfter;
    private final Map<String, float[]> gradients = new TreeMap<>();

    private Expected(JsonNode json, SafeTensorsFile tensors) throws IOException {
        this.json = json;
        ids = tensors.readLongs("input.input_ids");
        present = tensors.readLongs("input.attention_mask");
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

    /** Returns token ids as a tokenizer gives them, padded, one text after the other. */
    long[] ids() {
        long[] unmasked = ids.clone();
        for (int i = 0; i < unmasked.length && labels.length == ids.length; i++) {
            unmasked[i] = labels[i] == LabelledBatch.NONE ? ids[i] : labels[i];
        }
        return unmasked;
    }

    /** Returns the token ids of each text without padding, as the model reads them: some may be masked. */
    List<int[]> rows() {
        List<int[]> rows = new ArrayList<>();
        for (int begin = 0; begin < ids.length; begin += width) {
            int length = 0;
            while (length < width && present[begin + length] == 1) {
                length++;
            }
            int[] row = new int[length];
            for (int i = 0; i < length; i++) {
                row[i] = Math.toIntExact(ids[begin + i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Returns the length that texts are cut and padded to. */
    int width() {
        return width;
    }

    /** Returns the label of each text, or what is to be predicted at each place of the padded texts. */
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
