package io.freshet.trainer.learn;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How much the examples of a label count in the loss, beside the weight of each example. */
public sealed interface ClassWeights {

    /** Every label the same. */
    record Equal() implements ClassWeights {
        @Override
        public double of(String label, LabelCounts counts) {
            return 1;
        }
    }

    /**
     * What a file says; a label that it does not name counts 1.
     *
     * @param byLabel finite, not negative
     */
    record Given(Map<String, Double> byLabel) implements ClassWeights {
        public Given {
            byLabel = Collections.unmodifiableMap(new TreeMap<>(byLabel)); // in one order, for a hash of the settings
            byLabel.forEach((label, weight) -> {
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "weight %s of label '%s' is not a finite number of at least 0".formatted(weight, label));
                }
            });
        }

        @Override
        public double of(String label, LabelCounts counts) {
            return byLabel.getOrDefault(label, 1.0);
        }
    }

    /**
     * Rare labels more and frequent ones less: {@code examples / (labels * examples of the label)} as counted so far,
     * within [1/10, 10], so that the first example of a label does not outweigh a thousand others.
     */
    record Balanced() implements ClassWeights {
        private static final double MOST = 10;

        @Override
        public double of(String label, LabelCounts counts) {
            double weight = (double) counts.total() / ((double) counts.labels() * Math.max(1, counts.of(label)));
            return Math.min(MOST, Math.max(1 / MOST, weight));
        }
    }

    /**
     * Returns the weight of a label's examples.
     *
     * @param counts examples so far, those of the step at hand included
     */
    double of(String label, LabelCounts counts);
}
