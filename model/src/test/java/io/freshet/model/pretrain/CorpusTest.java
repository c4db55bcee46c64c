package io.freshet.model.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CorpusTest {

    private static final String TEXT = "one\n two \n\nthrée\n";

    @TempDir
    private Path temp;

    @Test
    void readsLinesAndTheBoundariesBetweenDocuments() throws IOException {
        Path first = Files.writeString(temp.resolve("a.txt"), TEXT);
        Path second = Files.writeString(temp.resolve("b.txt"), "four");
        assertThat(read(first, second)).containsExactly("one", "two", "|", "thrée", "|", "four", "|");
        assertThat(new Corpus(List.of(first, second)).lines()).containsExactly("one", "two", "thrée", "four");
    }

    @Test
    void unpacksByTheEndOfTheName() throws IOException {
        Path gzip = temp.resolve("a.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        Path xz = temp.resolve("a.txt.XZ");
        try (OutputStream out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options())) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(gzip)).containsExactly("one", "two", "|", "thrée", "|");
        assertThat(read(xz)).containsExactly("one", "two", "|", "thrée", "|");
    }

    private static List<String> read(Path... files) throws IOException {
        List<String> seen = new ArrayList<>();
        new Corpus(List.of(files)).read(new Corpus.Visitor() {
            @Override
            public void line(String text) {
                seen.add(text);
            }

            @Override
            public void boundary() {
                seen.add("|");
            }
        });
        return seen;
    }
}
