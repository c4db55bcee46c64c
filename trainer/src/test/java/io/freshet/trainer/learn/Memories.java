package io.freshet.trainer.learn;

import io.freshet.model.TextInput;
import java.util.List;
import java.util.stream.IntStream;

/** Examples for tests of memories. */
final class Memories {

    static final float[] NO_LOGITS = new float[0];

    private Memories() {}

    /** Example number i has the id "i", a text of one character and one token; all have the same bytes up to the id's. */
    static Learnable example(int i, String label) {
        return example(Integer.toString(i), label, "x");
    }

    static Learnable example(String id, String label, String text) {
        return new Learnable(id, TextInput.of(text), label, 1, () -> 1);
    }

    static void offer(Memory memory, int from, int to, String label) {
        IntStream.range(from, to).forEach(i -> memory.offer(example(i, label), NO_LOGITS));
    }

    static List<Integer> numbers(List<Kept> kept) {
        return kept.stream().map(item -> Integer.parseInt(item.id())).toList();
    }

    /** Pearson's statistic of counts against one expected count. */
    static double chiSquare(int[] counts, double expected) {
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
