package io.freshet.model;

import io.freshet.model.arch.GuidedScript;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays the guides of a batch out as the planes that {@link GuidedScript} reads, one row an example, one column a label. */
final class GuidePlanes {

    private final int rows;
    private final int labels;
    private final float[] values;

    private GuidePlanes(int rows, int labels) {
        this.rows = rows;
        this.labels = labels;
        this.values = new float[GuidedScript.PLANES * rows * labels];
    }

    /**
     * Lays guides out.
     *
     * @param labels how many the model knows
     * @return shape ({@link GuidedScript#PLANES}, examples, labels); null where no example has a guide
     * @throws IllegalArgumentException if a guide does not fit the labels
     */
    static float @Nullable [] of(List<TrainingExample> batch, long[] own, int labels) {
        if (batch.stream().allMatch(example -> example.guide() == null)) {
            return null;
        }
        GuidePlanes planes = new GuidePlanes(batch.size(), labels);
        for (int row = 0; row < own.length; row++) {
            Guide guide = batch.get(row).guide();
            planes.among(row, guide == null ? null : guide.among(), own[row]);
            planes.recall(row, guide == null ? null : guide.recall());
            planes.teach(row, guide == null ? null : guide.teach());
        }
        return planes.values;
    }

    private void among(int row, @Nullable BitSet chosen, long own) {
        if (chosen != null && chosen.length() > labels) {
            throw new IllegalArgumentException(
                    "a softmax among labels up to row %d, but the model has %d labels; add them first"
                            .formatted(chosen.length() - 1, labels));
        }
        if (chosen != null && !chosen.get((int) own)) {
            throw new IllegalArgumentException(
                    "a softmax among the labels of rows %s leaves out the example's own, of row %d; name it too"
                            .formatted(chosen, own));
        }
        for (int label = 0; label < labels; label++) {
            put(GuidedScript.ALLOWED, row, label, chosen == null || chosen.get(label) ? 1 : 0);
        }
    }

    private void recall(int row, Guide.@Nullable KeptLogits recall) {
        if (recall == null) {
            return;
        }
        float[] logits = requireFit(recall.logits());
        for (int label = 0; label < logits.length; label++) {
            put(GuidedScript.RECALLED, row, label, logits[label]);
            put(GuidedScript.STRENGTHS, row, label, (float) (recall.weight() / logits.length));
        }
    }

    private void teach(int row, Guide.@Nullable Teacher teach) {
        int reach = teach == null ? labels : requireFit(teach.logits()).length;
        for (int label = 0; label < labels; label++) {
            put(GuidedScript.REACH, row, label, label < reach ? 1 : 0);
            put(GuidedScript.COOLNESS, row, label, teach == null ? 1 : (float) (1 / teach.temperature()));
        }
        if (teach == null) {
            return;
        }
        double temperature = teach.temperature();
        double[] logs = Scoring.logSoftmax(teach.logits(), temperature);
        for (int label = 0; label < reach; label++) {
            double share = teach.weight() * temperature * temperature * StrictMath.exp(logs[label]);
            put(GuidedScript.TAUGHT, row, label, (float) share);
            put(GuidedScript.TRUTHS, row, label, (float) logs[label]);
        }
    }

    private float[] requireFit(float[] logits) {
        if (logits.length > labels) {
            throw new IllegalArgumentException(
                    "a guide has logits of %d labels, but the model has %d; they must be the first of the model's"
                            .formatted(logits.length, labels));
        }
        return logits;
    }

    private void put(int plane, int row, int label, float value) {
        values[(plane * rows + row) * labels + label] = value;
    }
}
