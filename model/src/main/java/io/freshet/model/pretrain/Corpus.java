package io.freshet.model.pretrain;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Plain text in UTF-8, one sentence or utterance a line, a blank line between documents. Files whose names end in
 * {@code .gz} or {@code .xz} are decompressed; what is not UTF-8 is read as the replacement character.
 *
 * @param files read one after the other
 */
record Corpus(List<Path> files) {

    /** Receives the lines of a corpus. */
    interface Visitor {
        /** Takes a line that is not blank, without surrounding blanks. */
        void line(String text);

        /** Notes that a document ended. */
        void boundary();
    }

    Corpus {
        files = List.copyOf(files);
    }

    /** Reads everything. Each file ends a document. */
    void read(Visitor visitor) throws IOException {
        for (Path file : files) {
            try (BufferedReader lines = open(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String text = line.strip();
                    if (text.isEmpty()) {
                        visitor.boundary();
                    } else {
                        visitor.line(text);
                    }
                }
            }
            visitor.boundary();
        }
    }

    /** Returns the lines that are not blank. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        read(new Visitor() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void boundary() {
                // texts are looked at one by one
            }
        });
        return lines;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new BufferedReader(new InputStreamReader(decompressed(file, in), StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream decompressed(Path file, InputStream in) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(in, 1 << 16);
        }
        return name.endsWith(".xz") ? new XZInputStream(in) : in;
    }
}
