package io.freshet.trainer.learn;

import io.freshet.model.discriminant.Seen;
import io.freshet.model.discriminant.SeenBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A uniform sample of the features learned from so far, for the linear softmax to rehearse without asking the encoder again:
 * Vitter's algorithm R, as {@link UniformMemory}. Confined to one thread.
 */
final class FeatureMemory {

    static final String NAME = "discriminant.rehearsal";

    private static final int MARK = 0x46445231; // "FDR1"

    private final int size;
    private final SplitMix generator;
    private final List<Item> items;
    private final Map<String, Integer> places = new HashMap<>();
    private long offered;
    private long sampled;

    /**
     * One example.
     *
     * @param number of examples offered when it was, itself included
     */
    private record Item(String id, long number, Seen seen) {}

    /** @param size most examples kept, at least 0 */
    FeatureMemory(int size, long seed) {
        this(size, new SplitMix(seed), 0, 0, List.of());
    }

    private FeatureMemory(int size, SplitMix generator, long offered, long sampled, List<Item> items) {
        this.size = size;
        this.generator = generator;
        this.offered = offered;
        this.sampled = sampled;
        this.items = new ArrayList<>(items.subList(0, Math.min(size, items.size())));
        index();
    }

    /** Offers what was learned from; what is kept of the same id is replaced. */
    void offer(String id, Seen seen) {
        offered++;
        sampled++;
        Item item = new Item(id, offered, seen);
        Integer same = places.get(id);
        if (same != null) {
            items.set(same, item);
        } else if (items.size() < size) {
            places.put(id, items.size());
            items.add(item);
        } else if (size > 0) {
            long place = generator.below(sampled);
            if (place < size) {
                places.remove(items.set((int) place, item).id());
                places.put(id, (int) place);
            }
        }
    }

    /** Returns {@code count} different ones, or all there are. */
    List<Seen> draw(int count) {
        return Draws.distinct(count, items.size(), generator).stream()
                .map(place -> items.get(place).seen())
                .toList();
    }

    /** Keeps nothing of an id any more. */
    void forget(String id) {
        Integer place = places.get(id);
        if (place != null) {
            items.remove(place.intValue());
            index();
        }
    }

    /**
     * Drops a share of what was offered before a change. Those that follow fill the room.
     *
     * @param before how many had been offered then
     * @param keepShare share that stays, in [0, 1]
     * @param which labels it concerns
     */
    void forgetBefore(long before, double keepShare, Predicate<String> which) {
        List<Integer> old = new ArrayList<>();
        for (int place = 0; place < items.size(); place++) {
            if (items.get(place).number() <= before
                    && which.test(items.get(place).seen().label())) {
                old.add(place);
            }
        }
        int count = (int) Math.round((1 - keepShare) * old.size());
        List<Integer> dropped = Draws.distinct(count, old.size(), generator).stream()
                .map(old::get)
                .sorted((one, other) -> Integer.compare(other, one))
                .toList();
        dropped.forEach(place -> items.remove(place.intValue()));
        if (!dropped.isEmpty()) {
            index();
            sampled = items.size();
        }
    }

    private void index() {
        places.clear();
        for (int place = 0; place < items.size(); place++) {
            places.put(items.get(place).id(), place);
        }
    }

    int count() {
        return items.size();
    }

    /** Returns about how many bytes it takes. */
    long bytes() {
        long bytes = 0;
        for (Item item : items) {
            bytes += item.seen().features().bytes() + 2L * item.id().length();
        }
        return bytes;
    }

    /** Returns one that is as this is now. */
    FeatureMemory copy() {
        return new FeatureMemory(size, new SplitMix(generator.state()), offered, sampled, items);
    }

    /** Writes {@value #NAME}: {@code int} mark, three {@code long}s, {@code int} examples, of each id ({@code int} bytes, UTF-8),
     * number ({@code long}) and features. */
    void write(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MARK);
        out.writeLong(generator.state());
        out.writeLong(offered);
        out.writeLong(sampled);
        out.writeInt(items.size());
        for (Item item : items) {
            byte[] id = item.id().getBytes(StandardCharsets.UTF_8);
            out.writeInt(id.length);
            out.write(id);
            out.writeLong(item.number());
            SeenBytes.write(out, item.seen());
        }
        Files.write(directory.resolve(NAME), bytes.toByteArray());
    }

    /** Goes on from a directory's file; begins anew where there is none. */
    static FeatureMemory read(int size, long seed, Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return new FeatureMemory(size, seed);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
        int mark = in.readInt();
        if (mark != MARK) {
            throw new IOException(
                    "%s begins with %08x and not %08x: it is of another format, resume with the version that wrote it"
                            .formatted(file, mark, MARK));
        }
        SplitMix generator = new SplitMix(in.readLong());
        long offered = in.readLong();
        long sampled = in.readLong();
        int count = in.readInt();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            items.add(new Item(id, in.readLong(), SeenBytes.read(in)));
        }
        return new FeatureMemory(size, generator, offered, sampled, items);
    }
}
