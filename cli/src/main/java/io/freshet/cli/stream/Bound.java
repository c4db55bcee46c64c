package io.freshet.cli.stream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where in a topic a stretch begins or ends: what is before it is outside of the beginning, and inside of the end. */
public sealed interface Bound {

    /**
     * Returns the offset in one partition.
     *
     * @param atTime the first offset at or after the time of a {@link Time}; any number for other bounds
     * @param open the offset of a bound that bounds nothing
     */
    long offset(int partition, long atTime, long open);

    /** By the time at which the broker has a record. */
    record Time(Instant time) implements Bound {
        @Override
        public long offset(int partition, long atTime, long open) {
            return atTime;
        }
    }

    /** The same offset in each partition. */
    record Everywhere(long offset) implements Bound {
        @Override
        public long offset(int partition, long atTime, long open) {
            return offset;
        }
    }

    /** An offset for some partitions; the others are bounded by nothing. */
    record Partitions(Map<Integer, Long> offsets) implements Bound {
        public Partitions {
            offsets = Map.copyOf(offsets);
        }

        @Override
        public long offset(int partition, long atTime, long open) {
            return offsets.getOrDefault(partition, open);
        }
    }

    /** By nothing: the first record there is, or behind the last one. */
    record Open() implements Bound {
        @Override
        public long offset(int partition, long atTime, long open) {
            return open;
        }
    }

    /**
     * Reads a bound as it is given on a command line.
     *
     * @throws IllegalArgumentException saying what is wanted
     */
    static Bound parse(String text) {
        if (Pattern.matches("\\d{1,18}", text)) {
            return new Everywhere(Long.parseLong(text));
        }
        if (Pattern.matches("\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*", text)) {
            Map<Integer, Long> offsets = new TreeMap<>();
            for (String pair : text.split(",", -1)) {
                int colon = pair.indexOf(':');
                offsets.put(Integer.parseInt(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
            }
            return new Partitions(offsets);
        }
        try {
            return new Time(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no bound: an offset (1200), offsets by partition (0:1200,1:900), a time (2026-03-01T12:00:00Z) or a day (2026-03-01, from 0:00 UTC on) is wanted"
                            .formatted(text),
                    e);
        }
    }
}
