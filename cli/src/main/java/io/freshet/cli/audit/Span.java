package io.freshet.cli.audit;

import io.freshet.schemas.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Offsets of one partition without a gap.
 *
 * @param partition from 0
 * @param from first offset, inclusive
 * @param to end, exclusive
 */
public record Span(int partition, long from, long to) {

    public Span {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException("[%d, %d) of partition %d is no range".formatted(from, to, partition));
        }
    }

    static Span of(OffsetRange range) {
        return new Span(range.getPartition(), range.getFrom(), range.getTo());
    }

    boolean contains(int wanted, long offset) {
        return wanted == partition && from <= offset && offset < to;
    }

    /** Returns the same offsets in as few spans as there can be, ascending, empty ones left out. */
    static List<Span> union(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span : spans.stream()
                .filter(span -> span.from < span.to)
                .sorted(Comparator.comparingInt(Span::partition).thenComparingLong(Span::from))
                .toList()) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).partition == span.partition && span.from <= merged.get(last).to) {
                Span before = merged.get(last);
                merged.set(last, new Span(span.partition, before.from, Math.max(before.to, span.to)));
            } else {
                merged.add(span);
            }
        }
        return List.copyOf(merged);
    }

    /** Returns the offsets of {@code spans} that are not in {@code others}. */
    static List<Span> minus(List<Span> spans, List<Span> others) {
        List<Span> left = union(spans);
        for (Span other : others) {
            List<Span> next = new ArrayList<>();
            for (Span span : left) {
                if (span.partition == other.partition && span.from < other.to && other.from < span.to) {
                    next.add(new Span(span.partition, span.from, Math.max(span.from, other.from)));
                    next.add(new Span(span.partition, Math.min(span.to, other.to), span.to));
                } else {
                    next.add(span);
                }
            }
            left = next;
        }
        return union(left);
    }
}
