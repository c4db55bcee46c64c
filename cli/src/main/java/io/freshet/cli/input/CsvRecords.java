package io.freshet.cli.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180) under a header with {@code text} and, where labels are needed, {@code label} or
 * {@code category}.
 */
final class CsvRecords implements ExampleSource {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private final CsvCutter cutter;
    private final ExampleFields fields;
    private final Numbering numbering;
    private final Columns columns;

    private record Columns(int count, int text, int label, int id, int group, int task) {}

    private CsvRecords(CsvCutter cutter, ExampleFields fields, Numbering numbering, Columns columns) {
        this.cutter = cutter;
        this.fields = fields;
        this.numbering = numbering;
        this.columns = columns;
    }

    /** Reads the header; an id in a column {@code id} is used where there is one. */
    static CsvRecords open(LineReader lines, ExampleFields fields, Numbering numbering, Path path, boolean labelled)
            throws IOException {
        try {
            CsvCutter cutter = new CsvCutter(lines);
            return new CsvRecords(cutter, fields, numbering, header(cutter.next(), path, labelled));
        } catch (IOException | InputException e) {
            lines.close();
            throw e;
        }
    }

    private static Columns header(@Nullable Line first, Path path, boolean labelled) throws IOException {
        List<String> names = List.of();
        if (first != null) {
            try {
                names = parse(first.text()).toList().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
            } catch (CharacterCodingException | MalformedFieldException e) {
                names = List.of();
            }
        }
        int label = Math.max(names.indexOf("label"), names.indexOf("category"));
        if (!names.contains("text") || (labelled && label < 0)) {
            throw new InputException("%s: the header is %s; %s wanted"
                    .formatted(
                            path,
                            names,
                            labelled
                                    ? "columns named 'text' and 'label' (or 'category') are"
                                    : "a column named 'text' is"));
        }
        return new Columns(
                names.size(),
                names.indexOf("text"),
                label,
                names.indexOf("id"),
                names.indexOf("group"),
                names.indexOf("task"));
    }

    @Override
    public @Nullable InputRecord next() throws IOException {
        Line record = cutter.next();
        while (record != null && record.blank()) {
            record = cutter.next();
        }
        return record == null ? null : read(record);
    }

    private InputRecord read(Line record) throws IOException {
        String position = numbering.id(record.number());
        try {
            if (record.cut()) {
                throw new MalformedFieldException(
                        "%d bytes are more than %d".formatted(record.size(), Limits.RECORD_BYTES));
            }
            return example(parse(record.text()), position);
        } catch (CharacterCodingException e) {
            return new InputRecord.Malformed(position, record.number(), "not UTF-8", record.bytes());
        } catch (MalformedFieldException e) {
            return new InputRecord.Malformed(position, record.number(), e.problem(), record.bytes());
        }
    }

    private InputRecord example(CSVRecord values, String position) throws MalformedFieldException {
        if (values.size() != columns.count()) {
            throw new MalformedFieldException(
                    "%d values where the header has %d columns".formatted(values.size(), columns.count()));
        }
        String id = optional(values, columns.id());
        String text = values.get(columns.text());
        return new InputRecord.Example(fields.start(id == null ? position : id, text, optional(values, columns.label()))
                .setGroup(optional(values, columns.group()))
                .setTask(optional(values, columns.task()))
                .build());
    }

    /** An empty value stands for none: CSV has no other way to say it. */
    private static @Nullable String optional(CSVRecord values, int column) {
        return column < 0 || values.get(column).isEmpty() ? null : values.get(column);
    }

    private static CSVRecord parse(String record) throws IOException, MalformedFieldException {
        try (CSVParser parser = CSVParser.parse(record, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new MalformedFieldException("%d records where one is wanted".formatted(records.size()));
            }
            return records.get(0);
        } catch (UncheckedIOException | CSVException e) {
            throw new MalformedFieldException("not CSV: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        cutter.close();
    }
}
