package io.freshet.model.arch;

import io.freshet.model.config.ModelConfig;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rotary positions (Su et al., "RoFormer", 2021): a pair of features turns with the position, by an angle of its own.
 *
 * <p>Computed in float32 as transformers does, so that far positions have the same angles.
 */
final class Rope {

    private final float[] frequencies;

    private Rope(float[] frequencies) {
        this.frequencies = frequencies;
    }

    /**
     * Reads what a configuration says: {@code rope_parameters} of transformers 5, or {@code rope_theta} and
     * {@code rope_scaling} of transformers 4.
     *
     * @param size width of a head, even
     * @throws io.freshet.model.ModelException if it is of a kind that is not supported
     */
    static Rope of(ModelConfig config, long size) {
        ModelConfig rope = config.section("rope_parameters")
                .or(() -> config.section("rope_scaling"))
                .orElse(config);
        double theta = rope.number("rope_theta", config.number("rope_theta", 10_000));
        if (rope.number("partial_rotary_factor", 1) != 1) {
            throw rope.fault("partial_rotary_factor", "supported; 1 is");
        }
        double[] frequencies = IntStream.range(0, Math.toIntExact(size / 2))
                .mapToDouble(i -> 1 / (float) Math.pow((float) theta, (float) (2 * i) / (float) size))
                .toArray();
        String key = rope == config || rope.text("rope_type", "").isEmpty() ? "type" : "rope_type";
        String kind = rope == config ? "default" : rope.text(key, "default");
        switch (kind) {
            case "default" -> {}
            case "linear" -> scaleAll(frequencies, rope);
            case "llama3" -> scaleSlow(frequencies, rope);
            default -> throw rope.fault(key, "supported; default, linear and llama3 are");
        }
        float[] narrow = new float[frequencies.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) frequencies[i];
        }
        return new Rope(narrow);
    }

    private static void scaleAll(double[] frequencies, ModelConfig rope) {
        double factor = positive(rope, "factor");
        Arrays.setAll(frequencies, i -> frequencies[i] / factor);
    }

    /**
     * Scales frequencies that make few turns within the original context, and blends between few and many (the rule that
     * came with Llama 3.1).
     */
    private static void scaleSlow(double[] frequencies, ModelConfig rope) {
        double factor = positive(rope, "factor");
        double low = positive(rope, "low_freq_factor");
        double high = positive(rope, "high_freq_factor");
        if (high <= low) {
            throw rope.fault("high_freq_factor", "above low_freq_factor = " + low);
        }
        double context = rope.count("original_max_position_embeddings");
        Arrays.setAll(frequencies, i -> {
            double turns = context * frequencies[i] / (2 * Math.PI);
            double smooth = Math.max(0, Math.min(1, (turns - low) / (high - low)));
            return smooth * frequencies[i] + (1 - smooth) * frequencies[i] / factor;
        });
    }

    private static double positive(ModelConfig rope, String key) {
        double value = rope.number(key, 0);
        if (!(value > 0)) {
            throw rope.fault(key, "a number above 0");
        }
        return value;
    }

    /** Writes the angles of the positions from {@code start} on: shape (tokens, size / 2). */
    String angles(Layers layers) {
        String each = IntStream.range(0, frequencies.length)
                .mapToObj(i -> Float.toString(frequencies[i]).replace("E", "e"))
                .collect(Collectors.joining(", "));
        String device = "device=ops.prim.device(present)";
        String turns = layers.assign("torch.tensor([%s], dtype=6, %s)".formatted(each, device));
        String at = layers.assign(
                "torch.arange(start, torch.add(start, torch.size(ids, 1)), dtype=6, %s)".formatted(device));
        return layers.assign("torch.mul(torch.unsqueeze(%s, 1), %s)".formatted(at, turns));
    }
}
