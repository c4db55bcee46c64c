package io.freshet.trainer.learn;

import io.freshet.model.Guide;
import io.freshet.trainer.learn.LearningStrategy.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ER-ACE (Caccia et al., "New insights on reducing abrupt representation change in online continual learning", ICLR 2022,
 * equation 5): the softmax of new examples has the labels of the new examples only, so that they do not push down the
 * others; that of replayed ones has all labels.
 */
final class AsymmetricLoss implements Recipe {

    @Override
    public List<Lesson> lessons(List<Learnable> fresh, List<Kept> replayed, Step step) {
        Guide among = Guide.among(rows(fresh, step.labels()));
        List<Lesson> lessons = new ArrayList<>();
        fresh.forEach(example -> lessons.add(new Lesson(example).with(among)));
        replayed.forEach(kept -> lessons.add(new Lesson(kept.example())));
        return lessons;
    }

    private static BitSet rows(List<Learnable> fresh, List<String> labels) {
        Map<String, Integer> places = new HashMap<>();
        for (int row = 0; row < labels.size(); row++) {
            places.put(labels.get(row), row);
        }
        BitSet rows = new BitSet();
        for (Learnable example : fresh) {
            Integer row = places.get(example.label());
            if (row == null) {
                throw new IllegalArgumentException("example '%s' has label '%s', which the model does not know"
                        .formatted(example.id(), example.label()));
            }
            rows.set(row);
        }
        return rows;
    }
}
