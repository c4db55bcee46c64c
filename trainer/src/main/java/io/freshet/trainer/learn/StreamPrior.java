package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which labels the stream brings just now: their frequencies, faded by 0.98 an example, and how much these are worth,
 * which is learned on the log-loss of examples not yet learned from. A stream that comes domain by domain makes it strong,
 * a shuffled one weak.
 *
 * <p>It belongs to the stream's own answers, those that prequential figures judge. What is published does not have it,
 * because it must answer on every domain.
 */
final class StreamPrior {

    static final String NAME = "discriminant.prior.json";

    private static final double FADE = 0.98;
    private static final double FLOOR = 0.1;
    private static final double RATE = 0.01;
    private static final double KEEP = 0.99;
    private static final double STRONGEST = 2;
    private static final double START = 0.3;

    private final Map<String, Double> counts = new LinkedHashMap<>();
    private final boolean on;
    private double total;
    private double strength;
    private double squares;

    /**
     * State, as {@value #NAME}.
     *
     * @param counts faded number of examples by label
     * @param strength exponent of the frequencies, in [0, 2]
     * @param squares faded mean of its squared slopes
     */
    record State(
            @JsonProperty("counts") Map<String, Double> counts,
            @JsonProperty("strength") double strength,
            @JsonProperty("squares") double squares) {

        static final State NEW = new State(Map.of(), START, 0.01);

        void write(Path directory) throws IOException {
            String json = Json.MAPPER.writeValueAsString(this) + "\n";
            Files.write(directory.resolve(NAME), json.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns what a directory has; nothing learned if it has none. */
        static State read(Path directory) throws IOException {
            Path file = directory.resolve(NAME);
            return Files.exists(file) ? Json.MAPPER.readValue(Files.readAllBytes(file), State.class) : NEW;
        }
    }

    /** @param on whether it says anything */
    StreamPrior(boolean on, State state) {
        this.on = on;
        counts.putAll(state.counts);
        total = sum();
        strength = state.strength;
        squares = state.squares;
    }

    /** Returns the logarithm of each label's frequency, smoothed; empty where it is off. */
    double[] logs(List<String> labels) {
        double[] logs = new double[on ? labels.size() : 0];
        for (int i = 0; i < logs.length; i++) {
            double share = total > 0 ? counts.getOrDefault(labels.get(i), 0.0) / total : 0;
            logs[i] = StrictMath.log(share + FLOOR / labels.size());
        }
        return logs;
    }

    /** Returns what {@link #logs} are worth. */
    double[] worth(double[] logs) {
        double[] worth = new double[logs.length];
        for (int i = 0; i < worth.length; i++) {
            worth[i] = strength * logs[i];
        }
        return worth;
    }

    /**
     * Learns what the frequencies are worth.
     *
     * @param logs see {@link #logs}
     * @param answer probabilities given with them
     * @param right place of the label that was right
     */
    void weigh(double[] logs, float[] answer, int right) {
        if (logs.length == 0) {
            return;
        }
        double mean = 0;
        for (int i = 0; i < logs.length; i++) {
            mean += answer[i] * logs[i];
        }
        double slope = logs[right] - mean;
        squares = KEEP * squares + (1 - KEEP) * slope * slope;
        strength = Math.min(STRONGEST, Math.max(0, strength + RATE * slope / Math.sqrt(squares)));
    }

    /** Counts a label that came. */
    void count(String label) {
        if (!on) {
            return;
        }
        counts.replaceAll((each, count) -> FADE * count);
        counts.merge(label, 1.0, Double::sum);
        total = sum();
    }

    private double sum() {
        double sum = 0;
        for (double count : counts.values()) {
            sum += count;
        }
        return sum;
    }

    State state() {
        return new State(new LinkedHashMap<>(counts), strength, squares);
    }
}
