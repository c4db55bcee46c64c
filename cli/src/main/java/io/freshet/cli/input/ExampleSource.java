package io.freshet.cli.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequence of records, read as it is asked for. */
public interface ExampleSource extends AutoCloseable {

    /**
     * Returns the next record, or null after the last one.
     *
     * @throws IOException if the rest of the file cannot be read at all
     */
    @Nullable
    InputRecord next() throws IOException;

    @Override
    void close() throws IOException;

    /** Reads whatever is left into memory. */
    default List<InputRecord> readAll() throws IOException {
        List<InputRecord> records = new ArrayList<>();
        for (InputRecord record = next(); record != null; record = next()) {
            records.add(record);
        }
        return records;
    }

    /** Returns a source over records that are in memory already. */
    static ExampleSource over(Iterable<? extends InputRecord> records) {
        var remaining = records.iterator();
        return new ExampleSource() {
            @Override
            public @Nullable InputRecord next() {
                return remaining.hasNext() ? remaining.next() : null;
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }
}
