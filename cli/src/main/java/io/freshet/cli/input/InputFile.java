package io.freshet.cli.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of texts.
 *
 * @param path ends in {@code .jsonl}, {@code .csv}, {@code .json} or {@code .txt}, with or without {@code .gz} behind it
 * @param split which part of a {@code .json} file is read; null for {@link #TRAIN}, and for the other kinds
 * @param shuffle seed of the order, or null for the order of the file
 * @param labelled whether the texts need labels; those of a {@code .txt} file have none
 */
public record InputFile(
        Path path, @Nullable String split, @Nullable Long shuffle, boolean labelled) {

    /** The split of a {@code .json} file where none is named: nobody wants to learn from what is kept for tests. */
    static final String TRAIN = "train";

    private static final int GZIP_FIRST_BYTE = 0x1f;
    private static final int GZIP_SECOND_BYTE = 0x8b;

    /**
     * Opens the file.
     *
     * @param clock gives the event time of examples that have none
     * @throws InputException if the file is of no known kind, or has no such split or no usable header
     * @throws IOException if it cannot be read
     */
    public ExampleSource open(InstantSource clock) throws IOException {
        ExampleSource source = openInOrder(clock);
        if (shuffle == null) {
            return source;
        }
        try (source) {
            List<InputRecord> records = source.readAll();
            Collections.shuffle(records, new Random(shuffle));
            return ExampleSource.over(records);
        }
    }

    private ExampleSource openInOrder(InstantSource clock) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new InputException("%s is not a file".formatted(path));
        }
        String name = plainName();
        String kind = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
        boolean splits = kind.equals("json");
        if (!splits && split != null) {
            throw new InputException("--split %s: only .json files have splits, %s has none".formatted(split, path));
        }
        ExampleFields fields = new ExampleFields(path.getFileName().toString(), clock);
        String part = split == null ? TRAIN : split;
        Numbering numbering = new Numbering(splits ? part : stem(name));
        return switch (kind) {
            case "jsonl", "ndjson" -> new JsonLines(new LineReader(bytes()), fields, numbering);
            case "csv" -> CsvRecords.open(new LineReader(bytes()), fields, numbering, path, labelled);
            case "json" -> SplitJson.open(bytes(), path, part, Domains.beside(path), fields, numbering, labelled);
            case "txt", "text" -> textLines(fields, numbering);
            default ->
                throw new InputException(
                        "%s: the kind '.%s' is not known; use .jsonl, .csv, .json or .txt, each also with .gz"
                                .formatted(path, kind));
        };
    }

    private ExampleSource textLines(ExampleFields fields, Numbering numbering) throws IOException {
        if (labelled) {
            throw new InputException(
                    "%s: a file of plain texts has no labels to learn; a language model needs none: --objective masked-lm or causal-lm"
                            .formatted(path));
        }
        return new TextLines(new LineReader(bytes()), fields, numbering);
    }

    /** The file's name in lower case, without {@code .gz}. */
    private String plainName() {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** Opens the bytes, unpacked if the file begins as gzip does, whatever its name. */
    private InputStream bytes() throws IOException {
        InputStream stream = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            stream.mark(2);
            boolean packed = stream.read() == GZIP_FIRST_BYTE && stream.read() == GZIP_SECOND_BYTE;
            stream.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16) : stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }
}
