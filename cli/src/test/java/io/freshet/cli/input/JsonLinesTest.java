package io.freshet.cli.input;

import static io.freshet.cli.input.InputFiles.read;
import static io.freshet.cli.input.InputFiles.write;
import static io.freshet.cli.input.InputFiles.writeGzip;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    @TempDir
    Path directory;

    @Test
    void readsEveryField() throws IOException {
        Path file = write(directory, "a.jsonl", """
                {"id":"x1","text":"pay my bill","textPair":"now","label":"pay","group":"g","task":"bank","source":"app",\
                "time":"2026-01-02T03:04:05Z","attributes":{"lang":"en","age":3},"weight":0.5,"other":[1]}
                """);
        assertThat(read(file, null))
                .containsExactly(new InputRecord.Example(new LabeledExample(
                        "x1",
                        new TextInput("pay my bill", "now"),
                        "pay",
                        "g",
                        "bank",
                        "app",
                        Map.of("lang", "en", "age", "3"),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        0.5,
                        false)));
    }

    @Test
    void fillsInWhatIsAbsentFromFilePositionAndClock() throws IOException {
        Path file =
                write(directory, "intents.jsonl", "{\"text\":\"a\",\"label\":null}\n\n{\"text\":\"b\",\"label\":7}");
        List<InputRecord> records = read(file, null);
        assertThat(records).extracting(InputRecord::id).containsExactly("intents-000001", "intents-000003");
        LabeledExample first = ((InputRecord.Example) records.get(0)).example();
        assertThat(first.getLabel()).isNull();
        assertThat(first.getSource()).isEqualTo("intents.jsonl");
        assertThat(first.getEventTime()).isEqualTo(InputFiles.NOW);
        assertThat(((InputRecord.Example) records.get(1)).example().getLabel()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"text\":\"a\" | not JSON",
                "{\"text\":\"a\"} {\"text\":\"b\"} | not JSON",
                "{\"text\":\"a\",\"text\":\"b\"} | not JSON: Duplicate field 'text'",
                "plain words | not JSON",
                "[\"a\",\"b\"] | a JSON object is wanted, not a JSON array",
                "{\"label\":\"a\"} | field 'text' is missing",
                "{\"text\":null,\"label\":\"a\"} | field 'text' is missing",
                "{\"text\":[\"a\"]} | field 'text' is a JSON array",
                "{\"text\":\"a\",\"label\":{}} | field 'label' is a JSON object",
                "{\"text\":\"a\",\"label\":1.5} | field 'label' is a JSON number",
                "{\"text\":\"a\",\"attributes\":\"en\"} | field 'attributes' is a JSON string",
                "{\"text\":\"a\",\"attributes\":{\"k\":[1]}} | attribute 'k' is a JSON array",
                "{\"text\":\"a\",\"time\":\"yesterday\"} | field 'time' is \"yesterday\"",
                "{\"text\":\"a\",\"time\":1e400} | field 'time' is",
                "{\"text\":\"a\",\"weight\":\"heavy\"} | field 'weight' is a JSON string",
            })
    void keepsTheBytesOfAMalformedLineAndReadsOn(String line, String problem) throws IOException {
        Path file = write(directory, "a.jsonl", "{\"text\":\"first\"}\n" + line + "\n{\"text\":\"last\"}\n");
        List<InputRecord> records = read(file, null);
        assertThat(records).hasSize(3);
        assertThat(records.get(2)).isInstanceOf(InputRecord.Example.class);
        InputRecord.Malformed malformed = (InputRecord.Malformed) records.get(1);
        assertThat(malformed.line()).isEqualTo(2);
        assertThat(malformed.id()).isEqualTo("a-000002");
        assertThat(malformed.problem()).startsWith(problem);
        assertThat(malformed.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(line);
    }

    @Test
    void refusesALineThatIsNotUtf8() throws IOException {
        byte[] bytes = {'{', '"', (byte) 0xff, '"', '}'};
        Path file = Files.write(directory.resolve("a.jsonl"), bytes);
        InputRecord.Malformed malformed =
                (InputRecord.Malformed) read(file, null).get(0);
        assertThat(malformed.problem()).isEqualTo("not UTF-8");
        assertThat(malformed.bytes()).isEqualTo(bytes);
    }

    @Test
    void cutsALineThatIsTooLongForAMessage() throws IOException {
        String text = "x".repeat(Limits.RECORD_BYTES);
        Path file = write(directory, "a.jsonl", "{\"text\":\"" + text + "\"}\n{\"text\":\"last\"}");
        List<InputRecord> records = read(file, null);
        InputRecord.Malformed malformed = (InputRecord.Malformed) records.get(0);
        assertThat(malformed.problem()).isEqualTo("524299 bytes are more than 524288"); // 512 Ki + {"text":""}
        assertThat(malformed.bytes()).hasSize(Limits.RECORD_BYTES);
        assertThat(records.get(1)).isInstanceOf(InputRecord.Example.class);
    }

    @Test
    void unpacksGzipWhateverTheFileIsCalled() throws IOException {
        Path named = writeGzip(directory, "a.jsonl.gz", "{\"text\":\"a\"}");
        Path unnamed = writeGzip(directory, "b.jsonl", "{\"text\":\"a\"}");
        assertThat(read(named, null)).extracting(InputRecord::id).containsExactly("a-000001");
        assertThat(read(unnamed, null)).extracting(InputRecord::id).containsExactly("b-000001");
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        Path file = write(directory, "a.jsonl", "\uFEFF{\"text\":\"a\"}\r\n");
        assertThat(read(file, null).get(0)).isInstanceOf(InputRecord.Example.class);
    }
}
