package io.freshet.cli.input;

import static io.freshet.cli.input.InputFiles.read;
import static io.freshet.cli.input.InputFiles.write;
import static io.freshet.cli.input.InputFiles.writeGzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for a language model, whose texts need no labels. */
class UnlabelledTest {

    @TempDir
    Path directory;

    private static List<InputRecord> unlabelled(Path file, String... split) throws IOException {
        return read(new InputFile(file, split.length == 0 ? null : split[0], null, false));
    }

    @Test
    void readsATextFromEveryLineThatIsNotBlank() throws IOException {
        Path file = write(directory, "mails.txt", "first text\r\n\n   \n  a, \"second\" one\nlast");
        List<InputRecord> records = unlabelled(file);
        assertThat(records).extracting(InputRecord::id).containsExactly("mails-000001", "mails-000004", "mails-000005");
        assertThat(records).extracting(UnlabelledTest::text).containsExactly("first text", "a, \"second\" one", "last");
        assertThat(records).extracting(UnlabelledTest::label).containsOnlyNulls();
    }

    @Test
    void unpacksATextFile() throws IOException {
        assertThat(unlabelled(writeGzip(directory, "a.txt.gz", "one\ntwo\n"))).hasSize(2);
    }

    @Test
    void keepsTheBytesOfALineThatIsNotUtf8AndReadsOn() throws IOException {
        Path file = Files.write(directory.resolve("a.txt"), "one\nb\u00e4d\ntwo".getBytes(StandardCharsets.ISO_8859_1));
        List<InputRecord> records = unlabelled(file);
        assertThat(records).hasSize(3);
        assertThat(((InputRecord.Malformed) records.get(1)).problem()).isEqualTo("not UTF-8");
    }

    @Test
    void refusesATextFileWhereLabelsAreNeeded() throws IOException {
        Path file = write(directory, "a.txt", "one");
        assertThatThrownBy(() -> read(file, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no labels to learn")
                .hasMessageContaining("--objective masked-lm");
    }

    @Test
    void readsCsvWithoutALabelAndWithOne() throws IOException {
        assertThat(unlabelled(write(directory, "a.csv", "id,text\n7,hello\n")))
                .extracting(UnlabelledTest::text)
                .containsExactly("hello");
        assertThat(unlabelled(write(directory, "b.csv", "text,label\nhello,greet\nbye,\n")))
                .extracting(UnlabelledTest::label)
                .containsExactly("greet", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1,2", "label\nx"})
    void refusesCsvWithoutTexts(String content) throws IOException {
        Path file = write(directory, "a.csv", content);
        assertThatThrownBy(() -> unlabelled(file)).hasMessageContaining("a column named 'text' is wanted");
    }

    @Test
    void readsSplitsOfBareTexts() throws IOException {
        Path file = write(directory, "a.json", "{\"train\": [\"one\", [\"two\"], [\"three\", \"label\"], [1], {}]}");
        List<InputRecord> records = unlabelled(file, "train");
        assertThat(records.subList(0, 3)).extracting(UnlabelledTest::text).containsExactly("one", "two", "three");
        assertThat(records.subList(3, 5)).allMatch(InputRecord.Malformed.class::isInstance);
    }

    private static LabeledExample example(InputRecord record) {
        return ((InputRecord.Example) record).example();
    }

    private static String text(InputRecord record) {
        return ((TextInput) example(record).getInput()).getText();
    }

    private static @Nullable String label(InputRecord record) {
        return example(record).getLabel();
    }
}
