package io.freshet.evaluator.scorer;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which offsets of one held-out partition each checkpoint has been scored on. Immutable; its text form travels as the metadata
 * of the committed offset, so that a restarted scorer goes on where it stopped.
 *
 * @param ranges one range a checkpoint
 */
record Coverage(Map<String, Range> ranges) {

    static final Coverage NONE = new Coverage(Map.of());

    /**
     * Offsets without a gap.
     *
     * @param from first offset, inclusive
     * @param to end, exclusive
     */
    record Range(long from, long to) {
        Range {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("[%d, %d) is not a range of offsets".formatted(from, to));
            }
        }

        private boolean reaches(long offset) {
            return from <= offset && offset <= to;
        }
    }

    Coverage {
        ranges = Map.copyOf(ranges);
    }

    /** Returns the first offset at or behind {@code first} that {@code checkpoint} has not been scored on. */
    long next(String checkpoint, long first) {
        Range range = ranges.get(checkpoint);
        return range != null && range.reaches(first) ? range.to() : first;
    }

    /** Notes that {@code checkpoint} has been scored on everything from {@code first} up to {@code end}, exclusive. */
    Coverage scored(String checkpoint, long first, long end) {
        Map<String, Range> changed = new TreeMap<>(ranges);
        Range before = ranges.get(checkpoint);
        Range after = before != null && before.reaches(first)
                ? new Range(before.from(), Math.max(before.to(), end))
                : new Range(first, end);
        changed.put(checkpoint, after);
        return new Coverage(changed);
    }

    Coverage retain(Set<String> checkpoints) {
        Map<String, Range> kept = new TreeMap<>(ranges);
        kept.keySet().retainAll(checkpoints);
        return new Coverage(kept);
    }

    String encode() {
        return new TreeMap<>(ranges)
                .entrySet().stream()
                        .map(entry -> "%s:%d:%d"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().from(),
                                        entry.getValue().to()))
                        .collect(Collectors.joining(";"));
    }

    /** Reads what {@link #encode} wrote; anything else is no coverage, which only means scoring again. */
    static Coverage decode(String text) {
        Map<String, Range> ranges = new TreeMap<>();
        for (String entry : text.split(";", -1)) {
            String[] parts = entry.split(":", -1);
            if (parts.length == 3 && parts[1].matches("\\d{1,18}") && parts[2].matches("\\d{1,18}")) {
                long from = Long.parseLong(parts[1]);
                ranges.put(parts[0], new Range(from, Math.max(from, Long.parseLong(parts[2]))));
            }
        }
        return new Coverage(ranges);
    }
}
