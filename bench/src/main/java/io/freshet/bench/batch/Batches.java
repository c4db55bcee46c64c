package io.freshet.bench.batch;

import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.cut.LengthBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples divided into batches.
 *
 * @param order how they were divided
 * @param batches indices of the examples; each example is in one batch
 * @param lengths tokens of each example
 */
public record Batches(Order order, List<List<Integer>> batches, List<Integer> lengths) {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    public Batches {
        batches = batches.stream().map(List::copyOf).toList();
        lengths = List.copyOf(lengths);
    }

    /** Divides as the examples come. */
    public static Batches inOrder(List<Integer> lengths, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a batch of %d examples".formatted(size));
        }
        List<List<Integer>> batches = new ArrayList<>();
        for (int begin = 0; begin < lengths.size(); begin += size) {
            batches.add(IntStream.range(begin, Math.min(lengths.size(), begin + size))
                    .boxed()
                    .toList());
        }
        return new Batches(Order.ARRIVAL, batches, lengths);
    }

    /**
     * Divides windows as the trainer does: sorted by length, cut by a budget of tokens. The budget is the smallest that
     * needs no more batches than {@link #inOrder}, so that both learn from the same examples in as many steps.
     *
     * @param size examples of a batch in order of arrival
     * @param window how many such batches are sorted together
     */
    public static Batches sorted(List<Integer> lengths, int size, int window) {
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> part : inOrder(lengths, Math.multiplyExact(size, window)).batches) {
            int first = part.get(0);
            List<Integer> partLengths = part.stream().map(lengths::get).toList();
            int most = (part.size() + size - 1) / size;
            for (List<Integer> batch : LengthBatches.of(partLengths, limits(partLengths, most))) {
                batches.add(batch.stream().map(index -> first + index).toList());
            }
        }
        return new Batches(Order.SORTED, batches, lengths);
    }

    private static CutLimits limits(List<Integer> lengths, int most) {
        int low = 1;
        int high = Math.multiplyExact(
                lengths.size(), lengths.stream().mapToInt(n -> n).max().orElseThrow());
        while (low < high) { // more tokens never make more batches
            int middle = low + (high - low) / 2;
            if (LengthBatches.of(lengths, budget(middle)).size() <= most) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return budget(low);
    }

    private static CutLimits budget(int tokens) {
        return new CutLimits(Integer.MAX_VALUE, tokens);
    }

    /** Returns the number of examples in all batches. */
    public long examples() {
        return batches.stream().mapToLong(List::size).sum();
    }

    /** Returns the tokens of all examples in the batches, without padding. */
    public long realTokens() {
        return batches.stream().mapToLong(this::realTokens).sum();
    }

    /** Returns the share of what is computed that is padding, in [0, 1). */
    public double padding() {
        long padded = batches.stream()
                .mapToLong(batch -> (long) batch.size()
                        * batch.stream().mapToInt(lengths::get).max().orElseThrow())
                .sum();
        return 1 - (double) realTokens() / padded;
    }

    private long realTokens(List<Integer> batch) {
        return batch.stream().mapToLong(lengths::get).sum();
    }

    /**
     * Returns some of the batches, others in every round, spread over all of them by multiples of the golden section: evenly
     * spaced ones would stand at the same place of each window, and so be all short or all long.
     *
     * @param count how many: for all of them, more than a third of what there is
     * @param round shifts the choice
     */
    public Batches some(int count, int round) {
        if (3L * count > batches.size()) {
            return this;
        }
        List<List<Integer>> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double place = ((long) round * count + i) * GOLDEN % 1;
            chosen.add(batches.get((int) (batches.size() * place)));
        }
        return new Batches(order, chosen, lengths);
    }
}
