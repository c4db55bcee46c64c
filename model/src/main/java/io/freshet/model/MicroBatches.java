package io.freshet.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts batches of texts by the number of tokens that they are once they are padded. */
final class MicroBatches {

    private MicroBatches() {}

    /**
     * Cuts texts into batches of like length, shortest first, each as large as fits; a text alone always fits.
     *
     * @param lengths tokens of each text
     * @param budget most tokens of a batch, padding included
     * @return the places of the texts of each batch
     */
    static List<int[]> sorted(List<Integer> lengths, int budget) {
        List<Integer> order = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparingInt(lengths::get))
                .toList();
        List<int[]> batches = new ArrayList<>();
        int begin = 0;
        while (begin < order.size()) {
            int end = begin + 1;
            while (end < order.size() && (end - begin + 1L) * lengths.get(order.get(end)) <= budget) {
                end++;
            }
            batches.add(order.subList(begin, end).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
            begin = end;
        }
        return batches;
    }

    /**
     * As {@link #sorted}, but a batch that fits as it is stays as it is.
     *
     * @param budget 0 for no limit
     */
    static List<int[]> ofStep(List<Integer> lengths, int budget) {
        long longest = lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (budget == 0 || longest * lengths.size() <= budget) {
            return List.of(IntStream.range(0, lengths.size()).toArray());
        }
        return sorted(lengths, budget);
    }
}
