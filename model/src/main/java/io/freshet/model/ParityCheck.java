package io.freshet.model;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares a model with what transformers computed for the same directory, dropout off. */
public final class ParityCheck {

    private ParityCheck() {}

    /**
     * Runs the comparison.
     *
     * @param directory a model's directory that also holds {@code expected.json} and {@code expected.safetensors}
     * @throws ModelException if the directory cannot be loaded or lacks the expectations
     */
    public static Parity run(Path directory) {
        try {
            return compare(directory, Expected.read(directory));
        } catch (IOException e) {
            throw new ModelException("%s cannot be compared: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private static Parity compare(Path directory, Expected expected) {
        try (ParitySubject model = ParitySubject.open(directory, expected)) {
            double logits = difference(model.logits(), expected.logits());
            List<HostTensor> gradients = model.gradients(expected.step(1));
            List<Double> losses = new ArrayList<>();
            for (int step = 1; step <= expected.losses().size(); step++) {
                losses.add(model.step(expected.step(step)));
            }
            return new Parity(
                    differentTokens(model.ids(), expected.ids()),
                    logits,
                    Math.abs(losses.get(0) - expected.loss()),
                    elements(gradients, expected),
                    norms(gradients, expected),
                    difference(losses, expected.losses()),
                    difference(model.logits(), expected.logitsAfter()));
        }
    }

    private static long differentTokens(long[] ids, long[] wanted) {
        long different = Math.abs(ids.length - wanted.length);
        for (int i = 0; i < Math.min(ids.length, wanted.length); i++) {
            different += ids[i] == wanted[i] ? 0 : 1;
        }
        return different;
    }

    private static double difference(float[][] rows, float[] wanted) {
        double largest = 0;
        int at = 0;
        for (float[] row : rows) {
            for (float value : row) {
                largest = worse(largest, at < wanted.length ? value - wanted[at] : Double.NaN);
                at++;
            }
        }
        return at == wanted.length ? largest : Double.POSITIVE_INFINITY;
    }

    private static double difference(List<Double> values, List<Double> wanted) {
        double largest = 0;
        for (int i = 0; i < wanted.size(); i++) {
            largest = worse(largest, values.get(i) - wanted.get(i));
        }
        return largest;
    }

    private static double elements(List<HostTensor> gradients, Expected expected) {
        double largest = 0;
        for (HostTensor gradient : gradients) {
            float[] wanted = expected.gradients().get(gradient.name());
            if (wanted != null) {
                float[] values = gradient.toArray();
                for (int i = 0; i < wanted.length; i++) {
                    largest = worse(largest, values[i] - wanted[i]);
                }
            }
        }
        return largest;
    }

    private static double norms(List<HostTensor> gradients, Expected expected) {
        double largest = gradients.size() == expected.gradientNorms().size() ? 0 : Double.NaN;
        for (HostTensor gradient : gradients) {
            double squares = 0;
            for (float value : gradient.toArray()) {
                squares += (double) value * value;
            }
            Double wanted = expected.gradientNorms().get(gradient.name());
            largest = worse(largest, wanted == null ? Double.NaN : Math.sqrt(squares) - wanted);
        }
        return largest;
    }

    /** The larger magnitude; not a number is the worst. */
    private static double worse(double largest, double difference) {
        return Math.max(largest, Math.abs(difference));
    }
}
