package io.freshet.trainer.learn;

import io.freshet.model.Guide;
import io.freshet.trainer.learn.LearningStrategy.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * DER++ (Buzzega et al., "Dark experience for general continual learning: a strong, simple baseline", NeurIPS 2020,
 * equation 6): beside the mean cross-entropy of the new examples, alpha times the mean squared difference between the logits
 * of one half of the replayed examples and those that the model had when it kept them, and beta times the mean cross-entropy
 * of the other half. Everything is divided by 1 + beta, which AdamW hardly notices.
 */
final class DarkExperience implements Recipe {

    private final double alpha;
    private final double beta;

    /** Both at least 0. */
    DarkExperience(double alpha, double beta) {
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public List<Lesson> lessons(List<Learnable> fresh, List<Kept> replayed, Step step) {
        List<Lesson> lessons = new ArrayList<>(fresh.stream().map(Lesson::new).toList());
        int half = replayed.size() / 2;
        List<Kept> matched = replayed.subList(0, half);
        List<Kept> labelled = replayed.subList(half, replayed.size());
        for (Kept kept : matched) {
            lessons.add(matched(kept, (double) fresh.size() / matched.size()));
        }
        for (Kept kept : labelled) {
            lessons.add(new Lesson(kept.example(), beta * fresh.size() / labelled.size(), null));
        }
        return lessons;
    }

    /** A memory that another strategy filled has no logits: its label is all there is to match. */
    private Lesson matched(Kept kept, double scale) {
        float[] logits = kept.logits();
        return logits.length == 0
                ? new Lesson(kept.example(), beta * scale, null)
                : new Lesson(kept.example(), 0, Guide.recall(logits, alpha * scale));
    }

    @Override
    public boolean needsLogits() {
        return true;
    }
}
