package io.freshet.trainer.learn;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A uniform sample of everything offered so far.
 *
 * <p>Vitter's algorithm R ("Random sampling with a reservoir", ACM TOMS 1985): the n-th example replaces a place drawn from
 * [0, n) if that is inside the sample. Where the limit of bytes is met before that of examples, the sample has as many
 * places as fit: an example that is drawn and makes it too large pushes out others, drawn evenly, and one that fits beside
 * the others takes a place of its own with the probability that it would have had in a sample of that size.
 *
 * <p>Where a share of what is kept is forgotten because a change overturned it, what is left stands for as much less of the
 * stream, and the next examples fill the room.
 */
final class UniformMemory implements Memory {

    private final MemoryLimits limits;
    private final SplitMix generator;
    private final Shelf shelf = new Shelf();
    private long seen;
    private long sampled;
    private int room;

    /** Starts empty. */
    UniformMemory(MemoryLimits limits, long seed) {
        this.limits = limits;
        this.generator = new SplitMix(seed);
    }

    /** Goes on from a file; of more examples than fit, the first are kept. */
    UniformMemory(MemoryLimits limits, ReplayFile file) {
        this.limits = limits;
        this.generator = new SplitMix(file.generator());
        this.seen = file.seen();
        this.sampled = file.refill().sampled();
        this.room = file.refill().room();
        for (Kept item : file.kept()) {
            if (shelf.size() < limits.examples()
                    && fits(item)
                    && shelf.placeOf(item.id()).isEmpty()) {
                shelf.add(item);
            }
        }
    }

    @Override
    public void offer(Learnable example, float[] logits) {
        seen++;
        sampled++;
        Kept item = new Kept(example, seen, logits);
        if (item.bytes() > limits.bytes()) {
            forget(example.id());
            return;
        }
        OptionalInt same = shelf.placeOf(example.id());
        if (same.isPresent()) {
            shelf.replace(same.getAsInt(), item);
        } else {
            sample(item);
        }
        while (shelf.bytes() > limits.bytes()) {
            shelf.remove((int) generator.below(shelf.size()));
        }
    }

    private void sample(Kept item) {
        boolean grows = shelf.size() < limits.examples() && fits(item);
        int places = grows ? shelf.size() + 1 : shelf.size();
        if (grows && room > 0) {
            room--;
            shelf.add(item);
            return;
        }
        if (sampled <= places) {
            shelf.add(item);
            return;
        }
        long place = generator.below(sampled);
        if (place < places) {
            if (grows) {
                shelf.add(item);
            } else {
                shelf.replace((int) place, item);
            }
        }
    }

    private boolean fits(Kept item) {
        return shelf.bytes() + item.bytes() <= limits.bytes();
    }

    @Override
    public List<Kept> draw(int count) {
        return Draws.distinct(count, shelf.size(), generator).stream()
                .map(shelf::get)
                .toList();
    }

    @Override
    public void forget(String id) {
        shelf.placeOf(id).ifPresent(shelf::remove);
    }

    @Override
    public void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {
        List<String> dropped = Draws.dropped(shelf.items(), before, keepShare, which, generator);
        if (!dropped.isEmpty()) {
            double left = 1 - (double) dropped.size() / shelf.size();
            sampled = Math.round(sampled * left);
            room += dropped.size();
            dropped.forEach(this::forget);
        }
    }

    @Override
    public int size() {
        return shelf.size();
    }

    @Override
    public long bytes() {
        return shelf.bytes();
    }

    @Override
    public ReplayFile file() {
        return new ReplayFile(seen, new ReplayFile.Refill(sampled, room), generator.state(), List.of(), shelf.items());
    }
}
