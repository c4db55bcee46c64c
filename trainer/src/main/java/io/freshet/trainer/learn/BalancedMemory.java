package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A sample that is about even between labels, however uneven the stream, and uniform within each.
 *
 * <p>Chrysakis and Moens, "Online continual learning from imbalanced data" (ICML 2020), algorithm 1: once the memory is
 * filled, an example of a label that never was the largest pushes out one of the largest label; one of a label that was
 * replaces one of its own with probability (kept of the label) / (seen of the label). Of labels that are equally large the
 * one that came first counts as the largest.
 */
final class BalancedMemory implements Memory {

    private final MemoryLimits limits;
    private final SplitMix generator;

    /** By label, in the order in which they first came; those of which nothing is kept any more stay. */
    private final Map<String, LabelShelf> shelves = new LinkedHashMap<>();

    private final Map<String, String> labels = new HashMap<>();
    private long seen;

    /** What is kept and known of one label. */
    private static final class LabelShelf {
        private final Shelf shelf = new Shelf();
        private long seen;
        private boolean full;
    }

    /** Starts empty. */
    BalancedMemory(MemoryLimits limits, long seed) {
        this.limits = limits;
        this.generator = new SplitMix(seed);
    }

    /**
     * Goes on from a file, also from one that a memory of another kind wrote; of more examples than fit, the first are
     * kept.
     */
    BalancedMemory(MemoryLimits limits, ReplayFile file) {
        this.limits = limits;
        this.generator = new SplitMix(file.generator());
        this.seen = file.seen();
        for (ReplayFile.LabelSeen label : file.labels()) {
            LabelShelf shelf = shelf(label.label());
            shelf.seen = label.seen();
            shelf.full = label.full();
        }
        for (Kept item : file.kept()) {
            if (item.example().label() != null && fits(item) && !labels.containsKey(item.id())) {
                add(item);
            }
        }
        shelves.values().forEach(shelf -> shelf.seen = Math.max(shelf.seen, shelf.shelf.size()));
    }

    @Override
    public void offer(Learnable example, float[] logits) {
        seen++;
        forget(example.id());
        Kept item = new Kept(example, seen, logits);
        LabelShelf own = shelf(label(item));
        own.seen++;
        if (item.bytes() > limits.bytes()) {
            return;
        }
        if (fits(item)) {
            add(item);
            return;
        }
        LabelShelf largest = largest();
        if (!own.full) {
            drop(largest);
            add(item);
        } else if (own.shelf.size() > 0 && generator.below(own.seen) < own.shelf.size()) {
            drop(own);
            add(item);
        }
        while (bytes() > limits.bytes() || size() > limits.examples()) {
            drop(largest());
        }
    }

    private boolean fits(Kept item) {
        return size() < limits.examples() && bytes() + item.bytes() <= limits.bytes();
    }

    /** Returns the first of the largest labels, after noting of each of them that it was. */
    private LabelShelf largest() {
        int most = shelves.values().stream()
                .mapToInt(shelf -> shelf.shelf.size())
                .max()
                .orElseThrow();
        List<LabelShelf> largest = shelves.values().stream()
                .filter(shelf -> shelf.shelf.size() == most)
                .toList();
        largest.forEach(shelf -> shelf.full = true);
        return largest.get(0);
    }

    private void drop(LabelShelf shelf) {
        Kept dropped = shelf.shelf.remove((int) generator.below(shelf.shelf.size()));
        labels.remove(dropped.id());
    }

    private void add(Kept item) {
        String label = label(item);
        shelf(label).shelf.add(item);
        labels.put(item.id(), label);
    }

    private LabelShelf shelf(String label) {
        return shelves.computeIfAbsent(label, unseen -> new LabelShelf());
    }

    private static String label(Kept item) {
        return Objects.requireNonNull(
                item.example().label(), () -> "example '%s' has no label to balance by".formatted(item.id()));
    }

    @Override
    public List<Kept> draw(int count) {
        List<Kept> items = items();
        return Draws.distinct(count, items.size(), generator).stream()
                .map(items::get)
                .toList();
    }

    @Override
    public void forget(String id) {
        String label = labels.remove(id);
        if (label != null) {
            Shelf shelf = shelf(label).shelf;
            shelf.placeOf(id).ifPresent(shelf::remove);
        }
    }

    @Override
    public void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {
        Map<LabelShelf, Integer> sizes = new LinkedHashMap<>();
        shelves.values().forEach(shelf -> sizes.put(shelf, shelf.shelf.size()));
        Draws.dropped(items(), before, keepShare, which, generator).forEach(this::forget);
        sizes.forEach((shelf, size) -> { // what is left of a label stands for as much less of the stream
            if (shelf.shelf.size() < size) {
                shelf.seen = Math.round(shelf.seen * ((double) shelf.shelf.size() / size));
            }
        });
    }

    private List<Kept> items() {
        List<Kept> items = new ArrayList<>();
        shelves.values().forEach(shelf -> items.addAll(shelf.shelf.items()));
        return items;
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public long bytes() {
        return shelves.values().stream().mapToLong(shelf -> shelf.shelf.bytes()).sum();
    }

    @Override
    public ReplayFile file() {
        List<ReplayFile.LabelSeen> known = new ArrayList<>();
        shelves.forEach((label, shelf) -> known.add(new ReplayFile.LabelSeen(label, shelf.seen, shelf.full)));
        return new ReplayFile(seen, generator.state(), known, items());
    }
}
