package io.freshet.model.discriminant;

import io.freshet.model.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What answers: the discriminant's functions and how they count beside the transformer's probabilities. Answering changes
 * nothing.
 */
public final class DiscriminantHead {

    private final Rows rows;
    private final Blend blend;
    private final List<String> labels;
    private final int[] places;

    /**
     * @param first labels that the answers begin with, those of the transformer; classes that are not among them follow
     * @param blend shared, not copied
     */
    public DiscriminantHead(List<String> first, Rows rows, Blend blend) {
        this.rows = rows;
        this.blend = blend;
        Map<String, Integer> known = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (String label : first) {
            known.put(label, all.size());
            all.add(label);
        }
        places = new int[rows.labels().size()];
        for (int i = 0; i < places.length; i++) {
            String label = rows.labels().get(i);
            Integer place = known.get(label);
            if (place == null) {
                place = all.size();
                known.put(label, place);
                all.add(label);
            }
            places[i] = place;
        }
        labels = List.copyOf(all);
    }

    /** Returns the labels of the answers. */
    public List<String> labels() {
        return labels;
    }

    /** Returns whether the transformer's answers are wanted. */
    public boolean asksTransformer() {
        return blend.both();
    }

    /**
     * Answers on a text.
     *
     * @param probabilities of the transformer, one for each of the first labels; empty where it is not asked
     */
    public Answer answer(Features features, float[] probabilities) {
        if (labels.isEmpty()) {
            return new Answer(labels, new float[0]);
        }
        return new Answer(labels, blend.answer(evidence(features, probabilities)));
    }

    /** Weighs the two by which label was right; one that is not known tells nothing. */
    public void weigh(Features features, float[] probabilities, String right) {
        int place = labels.indexOf(right);
        if (place >= 0) {
            blend.learn(evidence(features, probabilities), place);
        }
    }

    private Blend.Evidence evidence(Features features, float[] probabilities) {
        return Blend.evidence(probabilities, rows, rows.logits(features), places, labels.size());
    }
}
