package io.freshet.model.discriminant;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A head as it is served, in a directory {@value #DIRECTORY} beside the transformer's files: {@code head.json} says which
 * labels, which features and how much each head counts, {@code head.safetensors} holds {@code weight} (classes, features)
 * and {@code bias} (classes) of the discriminant and {@code linear} (features, labels) of the linear softmax, float32. The encoder of the features lies under {@value #ENCODER} there.
 */
public final class HeadFile {

    /** Directory of the head in that of a model. */
    public static final String DIRECTORY = "discriminant";

    /** Directory of the encoder in that of the head. */
    public static final String ENCODER = "encoder";

    private static final String JSON_NAME = "head.json";
    private static final String TENSORS_NAME = "head.safetensors";
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String LINEAR = "linear";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A head.
     *
     * @param plan its features
     * @param rows its functions
     * @param linear knows no label where it is not asked
     * @param weights of the heads
     * @param blend state of {@link Blend}
     */
    public record Content(
            FeaturePlan plan, Rows rows, LinearSoftmax linear, Blend.Weights weights, Blend.State blend) {}

    /** The fields of {@code head.json}. */
    private record Fields(
            @JsonProperty("format") int format,
            @JsonProperty("features") FeaturePlan features,
            @JsonProperty("weights") Blend.Weights weights,
            @JsonProperty("blend") Blend.State blend,
            @JsonProperty("labels") List<String> labels,
            @JsonProperty("examples") List<Double> examples,
            @JsonProperty("linearLabels") List<String> linearLabels) {}

    private HeadFile() {}

    /** Returns whether a model's directory has a head. */
    public static boolean isIn(Path model) {
        return Files.isRegularFile(model.resolve(DIRECTORY).resolve(JSON_NAME));
    }

    /** Returns where a model's directory has the encoder of its head. */
    public static Path encoder(Path model) {
        return model.resolve(DIRECTORY).resolve(ENCODER);
    }

    /** Writes a head into a model's directory. The same head always gives the same bytes. */
    public static void write(Path model, Content content) throws IOException {
        Path directory = Files.createDirectories(model.resolve(DIRECTORY));
        Rows rows = content.rows;
        int width = content.plan.width();
        HostTensor weight =
                HostTensor.zeros(WEIGHT, TensorShape.of(rows.labels().size(), width));
        FloatBuffer values = weight.floats();
        HostTensor bias = HostTensor.zeros(BIAS, TensorShape.of(rows.labels().size()));
        FloatBuffer biases = bias.floats();
        List<Double> examples = new ArrayList<>();
        for (int place = 0; place < rows.labels().size(); place++) {
            float[] row = rows.weights(place);
            values.put(row == null ? new float[width] : row);
            biases.put(rows.bias(place));
            examples.add(rows.count(place));
        }
        List<String> known = List.copyOf(content.linear.labels());
        HostTensor linear = HostTensor.of(LINEAR, TensorShape.of(width, known.size()), content.linear.weights());
        SafeTensorsWriter.write(directory.resolve(TENSORS_NAME), List.of(weight, bias, linear), Map.of("format", "pt"));
        Fields fields =
                new Fields(FORMAT, content.plan, content.weights, content.blend, rows.labels(), examples, known);
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
        DurableFile.write(directory.resolve(JSON_NAME), json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the head of a model's directory.
     *
     * @throws ModelException if its files do not belong together or are of another format
     */
    public static Content read(Path model) throws IOException {
        Path directory = model.resolve(DIRECTORY);
        Fields fields = fields(directory.resolve(JSON_NAME));
        Path file = directory.resolve(TENSORS_NAME);
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            int width = fields.features.width();
            float[] flat = read(tensors, file, WEIGHT, TensorShape.of(fields.labels.size(), width));
            float[] biases = read(tensors, file, BIAS, TensorShape.of(fields.labels.size()));
            double[] counts =
                    fields.examples.stream().mapToDouble(Double::doubleValue).toArray();
            List<float @Nullable []> weights = new ArrayList<>();
            for (int i = 0; i < biases.length; i++) {
                boolean known = fields.examples.get(i) > 0;
                weights.add(known ? Arrays.copyOfRange(flat, i * width, (i + 1) * width) : null);
            }
            Rows rows = new Rows(fields.labels, counts, weights, biases);
            float[] linear = read(tensors, file, LINEAR, TensorShape.of(width, fields.linearLabels.size()));
            LinearSoftmax served = new LinearSoftmax(width, 1, fields.linearLabels, linear, new float[linear.length]);
            return new Content(fields.features, rows, served, fields.weights, fields.blend);
        }
    }

    private static Fields fields(Path file) throws IOException {
        try {
            Fields fields = JSON.readValue(Files.readAllBytes(file), Fields.class);
            if (fields.format != FORMAT || fields.examples.size() != fields.labels.size()) {
                throw new ModelException("%s: format %d with %d labels and %d counts; this version reads format %d"
                        .formatted(file, fields.format, fields.labels.size(), fields.examples.size(), FORMAT));
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new ModelException("%s is not a discriminant's head: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    private static float[] read(SafeTensorsFile tensors, Path file, String name, TensorShape shape) throws IOException {
        if (!tensors.shape(name).equals(shape)) {
            throw new ModelException("%s: tensor '%s' has shape %s; %s says %s"
                    .formatted(file, name, tensors.shape(name), JSON_NAME, shape));
        }
        return tensors.read(name).toArray();
    }
}
