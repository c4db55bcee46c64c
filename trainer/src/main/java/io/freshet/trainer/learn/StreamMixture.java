package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the stream's own answers, those that prequential figures judge, weigh what is known: what each head says, and which
 * labels the stream brings just now (their frequencies, faded by 0.98 an example). What each is worth is learned on the
 * log-loss of examples not yet learned from, by steps of a fixed size over the slope's recent magnitude (RMSprop). A stream
 * that comes domain by domain makes the frequencies and the heads that follow it strong, a shuffled one weak.
 *
 * <p>What is published does not have any of this, because it must answer on everything: there the heads' weights are fixed.
 */
final class StreamMixture {

    static final String NAME = "discriminant.stream.json";

    private static final double FADE = 0.98;
    private static final double FLOOR = 0.1;
    private static final double RATE = 0.01;
    private static final double KEEP = 0.99;
    private static final double MOST = 2;
    private static final List<Double> START = List.of(1.0, 0.5, 1.0, 0.3);

    private final Map<String, Double> counts = new LinkedHashMap<>();
    private final boolean on;
    private final double[] worth;
    private final double[] squares;
    private double total;

    /**
     * State, as {@value #NAME}.
     *
     * @param counts faded number of examples by label
     * @param worth factors of the transformer, the discriminant, the linear softmax and of the log-frequencies, in [0, 2]
     * @param squares faded means of their squared slopes
     */
    record State(
            @JsonProperty("counts") Map<String, Double> counts,
            @JsonProperty("worth") List<Double> worth,
            @JsonProperty("squares") List<Double> squares) {

        static final State NEW = new State(Map.of(), START, Collections.nCopies(START.size(), 0.01));

        State {
            worth = List.copyOf(worth);
            squares = List.copyOf(squares);
            if (worth.size() != START.size() || squares.size() != START.size()) {
                throw new IllegalArgumentException("%d factors with %d squares instead of %d"
                        .formatted(worth.size(), squares.size(), START.size()));
            }
        }

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

    /** One answer and what it was made of. */
    static final class Mixed {
        private final List<double[]> parts;
        private final float[] probabilities;

        private Mixed(List<double[]> parts, float[] probabilities) {
            this.parts = parts;
            this.probabilities = probabilities;
        }

        /** Returns the answer; sums to 1. Not copied. */
        float[] probabilities() {
            return probabilities;
        }
    }

    /** @param on whether it is asked at all */
    StreamMixture(boolean on, State state) {
        this.on = on;
        counts.putAll(state.counts);
        total = sum();
        worth = state.worth.stream().mapToDouble(Double::doubleValue).toArray();
        squares = state.squares.stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean on() {
        return on;
    }

    /**
     * Answers.
     *
     * @param labels at least one
     * @param heads what each head adds to the logits of the published answer, by label
     */
    Mixed mix(List<String> labels, double[][] heads) {
        List<double[]> parts = new ArrayList<>(List.of(heads));
        parts.add(logs(labels));
        double[] logits = new double[labels.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            for (int part = 0; part < worth.length; part++) {
                logits[i] += worth[part] * parts.get(part)[i];
            }
            largest = Math.max(largest, logits[i]);
        }
        return new Mixed(parts, shares(logits, largest));
    }

    private static float[] shares(double[] logits, double largest) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = StrictMath.exp(logits[i] - largest);
            sum += logits[i];
        }
        float[] shares = new float[logits.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (logits[i] / sum);
        }
        return shares;
    }

    /** Returns the logarithm of each label's frequency, smoothed. */
    double[] logs(List<String> labels) {
        double[] logs = new double[labels.size()];
        for (int i = 0; i < logs.length; i++) {
            double share = total > 0 ? counts.getOrDefault(labels.get(i), 0.0) / total : 0;
            logs[i] = StrictMath.log(share + FLOOR / labels.size());
        }
        return logs;
    }

    /**
     * Learns what each part is worth.
     *
     * @param right place of the label that was right
     */
    void learn(Mixed mixed, int right) {
        for (int part = 0; part < worth.length; part++) {
            double[] said = mixed.parts.get(part);
            double mean = 0;
            for (int i = 0; i < said.length; i++) {
                mean += mixed.probabilities[i] * said[i];
            }
            double slope = said[right] - mean;
            squares[part] = KEEP * squares[part] + (1 - KEEP) * slope * slope;
            if (squares[part] > 0) {
                double next = worth[part] + RATE * slope / Math.sqrt(squares[part]);
                worth[part] = Math.min(MOST, Math.max(0, next));
            }
        }
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
        return new State(
                new LinkedHashMap<>(counts),
                Arrays.stream(worth).boxed().toList(),
                Arrays.stream(squares).boxed().toList());
    }
}
