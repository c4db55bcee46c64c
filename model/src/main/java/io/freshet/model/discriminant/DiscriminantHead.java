package io.freshet.model.discriminant;

import io.freshet.model.Answer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What answers: the discriminant's functions, the linear softmax, and how they count beside the transformer's
 * probabilities. Answering changes nothing.
 */
public final class DiscriminantHead {

    private final Rows rows;
    private final LinearSoftmax linear;
    private final Blend blend;
    private final List<String> labels;
    private final Map<String, Integer> known = new HashMap<>();
    private final int[] places;
    private final int[] linearPlaces;

    /**
     * @param first labels that the answers begin with, those of the transformer; those of the other heads follow
     * @param linear shared, not copied; what it learns after is answered, but for labels that are new then
     * @param blend shared, not copied
     */
    public DiscriminantHead(List<String> first, Rows rows, LinearSoftmax linear, Blend blend) {
        this.rows = rows;
        this.linear = linear;
        this.blend = blend;
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(rows.labels());
        all.addAll(linear.labels());
        labels = List.copyOf(all);
        labels.forEach(label -> known.put(label, known.size()));
        places = rows.labels().stream().mapToInt(known::get).toArray();
        linearPlaces = linear.labels().stream()
                .mapToInt(label -> known.getOrDefault(label, -1))
                .toArray();
    }

    /** Returns the labels of the answers. */
    public List<String> labels() {
        return labels;
    }

    /** Returns whether the transformer's answers are wanted. */
    public boolean asksTransformer() {
        return blend.asksTransformer();
    }

    /**
     * Answers on a text.
     *
     * @param probabilities of the transformer, one for each of the first labels; empty where it is not asked
     */
    public Answer answer(Features features, float[] probabilities) {
        return answer(evidence(features, probabilities));
    }

    /** Answers by what the heads say of a text. */
    public Answer answer(Blend.Evidence evidence) {
        return new Answer(labels, labels.isEmpty() ? new float[0] : blend.answer(evidence));
    }

    /**
     * Returns what transformer, discriminant and linear softmax each add to the logits of the common answer, in the order of
     * {@link #labels}.
     */
    public double[][] parts(Blend.Evidence evidence) {
        return labels.isEmpty() ? new double[3][0] : blend.parts(evidence);
    }

    /** Returns the place of a label among {@link #labels}, or -1. */
    public int place(String label) {
        return known.getOrDefault(label, -1);
    }

    /** Weighs the heads by which label was right, see {@link #place}. */
    public void weigh(Blend.Evidence evidence, int right) {
        blend.learn(evidence, right);
    }

    /**
     * Asks all heads.
     *
     * @param probabilities of the transformer, one for each of the first labels; empty where it is not asked
     */
    public Blend.Evidence evidence(Features features, float[] probabilities) {
        double[] logits = rows.logits(features);
        int top = -1;
        for (int i = 0; i < logits.length; i++) {
            if (!Double.isNaN(logits[i]) && (top < 0 || logits[i] > logits[top])) {
                top = i;
            }
        }
        return Blend.evidence(
                probabilities,
                logits,
                places,
                top < 0 ? 0 : rows.count(top),
                blend.asksLinear() ? linear.logs(features) : new double[0],
                linearPlaces,
                labels.size());
    }
}
