package io.freshet.model.discriminant;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded examples of three classes, with a dense and a sparse part. */
final class Sample {

    static final int DENSE = 5;
    static final int WIDTH = 12;

    private Sample() {}

    static List<Seen> examples(int count, long seed) {
        Random random = new Random(seed);
        List<Seen> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(3);
            float[] dense = new float[DENSE];
            for (int j = 0; j < DENSE; j++) {
                dense[j] = (float) (random.nextGaussian() + (j == label ? 2 : 0));
            }
            int first = DENSE + label;
            int second = DENSE + 3 + random.nextInt(4);
            float value = (float) random.nextGaussian();
            examples.add(new Seen(
                    "class-" + label, new Features(dense, new int[] {first, second}, new float[] {1, value}), 1));
        }
        return examples;
    }

    /** Returns an example's features as one row. */
    static double[] row(Features features) {
        double[] row = new double[WIDTH];
        features.addTo(row, 1);
        return row;
    }

    static ClassStatistics statistics(List<Seen> examples) {
        ClassStatistics statistics = new ClassStatistics(WIDTH);
        examples.forEach(statistics::add);
        return statistics;
    }
}
