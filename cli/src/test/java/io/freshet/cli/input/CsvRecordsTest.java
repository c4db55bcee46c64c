package io.freshet.cli.input;

import static io.freshet.cli.input.InputFiles.read;
import static io.freshet.cli.input.InputFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"text,category", "text,label", "Text, Label ", "\uFEFFtext,label"})
    void readsTextsUnderAHeader(String header) throws IOException {
        Path file = write(directory, "train.csv", header + "\r\nwhere is my card,arrival\r\n\r\nbye,end\r\n");
        List<InputRecord> records = read(file, null);
        assertThat(records).extracting(InputRecord::id).containsExactly("train-000002", "train-000004");
        assertThat(records).extracting(CsvRecordsTest::text).containsExactly("where is my card", "bye");
        assertThat(records).extracting(record -> example(record).getLabel()).containsExactly("arrival", "end");
    }

    @Test
    void readsQuotesCommasAndLineFeedsInsideQuotes() throws IOException {
        Path file = write(
                directory,
                "a.csv",
                "text,label\n\"a \"\"b\"\", c\nd\",x\n\"\",y\n5\" screen,z\n\"e\"\"\n\"\"f\",w\nlast,v\n");
        List<InputRecord> records = read(file, null);
        assertThat(records)
                .extracting(CsvRecordsTest::text)
                .containsExactly("a \"b\", c\nd", "", "5\" screen", "e\"\n\"f", "last");
        assertThat(records)
                .extracting(InputRecord::id)
                .containsExactly("a-000002", "a-000004", "a-000005", "a-000006", "a-000008");
    }

    @Test
    void takesIdGroupAndTaskFromColumnsOfThatName() throws IOException {
        Path file = write(directory, "a.csv", "id,label,text,group,task\n7,pay,hello,g1,bank\n,,hello,,\n");
        List<InputRecord> records = read(file, null);
        LabeledExample full = example(records.get(0));
        assertThat(List.of(full.getId(), full.getLabel(), full.getGroup(), full.getTask()))
                .containsExactly("7", "pay", "g1", "bank");
        LabeledExample bare = example(records.get(1));
        assertThat(bare.getId()).isEqualTo("a-000003");
        assertThat(bare.getLabel()).isNull();
        assertThat(bare.getGroup()).isNull();
        assertThat(bare.getTask()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"only one", "a,b,c", "\"a\" b,c", "\"never closed,c"})
    void keepsTheBytesOfAMalformedRecordAndReadsOn(String line) throws IOException {
        Path file = write(directory, "a.csv", "text,label\nfirst,x\n" + line + "\nlast,y\n");
        List<InputRecord> records = read(file, null);
        assertThat(records).hasSize(3);
        assertThat(text(records.get(2))).isEqualTo("last");
        InputRecord.Malformed malformed = (InputRecord.Malformed) records.get(1);
        assertThat(malformed.line()).isEqualTo(3);
        assertThat(malformed.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1,2", "text\nhello", "label\nhello", "\"text,label"})
    void refusesAFileWithoutAUsableHeader(String content) throws IOException {
        Path file = write(directory, "a.csv", content);
        assertThatThrownBy(() -> read(file, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("columns named 'text' and 'label' (or 'category') are wanted");
    }

    private static LabeledExample example(InputRecord record) {
        return ((InputRecord.Example) record).example();
    }

    private static String text(InputRecord record) {
        return ((TextInput) example(record).getInput()).getText();
    }
}
