package io.freshet.cli.input;

import static io.freshet.cli.input.InputFiles.read;
import static io.freshet.cli.input.InputFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.LabeledExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitJsonTest {

    private static final String SPLITS = """
            {"val": [["v", "x"]],
             "train": [["book a table", "restaurant"],
                       ["nonsense", "oos"],
                       ["no label"],
                       [1, "x"],
                       {"text": "t"},
                       ["last", "restaurant"]],
             "meta": 3}""";

    @TempDir
    Path directory;

    @Test
    void readsOneSplitAndTakesTheTaskFromTheDomainsBesideIt() throws IOException {
        write(directory, "domains.json", "{\"dining\": [\"restaurant\", \"tip\"]}");
        Path file = write(directory, "data.json", SPLITS);
        List<InputRecord> records = read(file, "train");
        assertThat(records)
                .extracting(InputRecord::id)
                .containsExactly(
                        "train-000000", "train-000001", "train-000002", "train-000003", "train-000004", "train-000005");
        assertThat(example(records.get(0)).getTask()).isEqualTo("dining");
        assertThat(example(records.get(1)).getTask()).isNull();
        assertThat(example(records.get(5)).getLabel()).isEqualTo("restaurant");
    }

    @Test
    void keepsAMalformedElement() throws IOException {
        Path file = write(directory, "data.json", SPLITS);
        InputRecord.Malformed malformed =
                (InputRecord.Malformed) read(file, "train").get(2);
        assertThat(malformed.line()).isEqualTo(4);
        assertThat(malformed.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("[\"no label\"]");
        assertThat(read(file, "train"))
                .filteredOn(InputRecord.Malformed.class::isInstance)
                .hasSize(3);
    }

    @Test
    void namesTheSplitsThereAreWhenTheWantedOneIsMissing() throws IOException {
        Path file = write(directory, "data.json", SPLITS);
        assertThatThrownBy(() -> read(file, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("no split 'test'; the file has val, train, meta; name one with --split");
    }

    @Test
    void readsTheTrainingPartWhereNoneIsNamed() throws IOException {
        Path file = write(directory, "data.json", SPLITS);
        assertThat(read(file, null))
                .extracting(InputRecord::id)
                .isEqualTo(read(file, "train").stream().map(InputRecord::id).toList())
                .hasSize(6);
    }

    @Test
    void saysWhereAFileStopsBeingJson() throws IOException {
        Path file = write(directory, "data.json", "{\"train\": [[\"a\", \"b\"],\n[\"c\", ");
        assertThatThrownBy(() -> read(file, "train"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void readsTheWholeOfClinc150() throws IOException {
        Path file = Path.of(System.getProperty("freshet.shared"), "data/clinc150/data_full.json");
        Assumptions.assumeTrue(Files.exists(file), "needs " + file);
        List<InputRecord> records = read(file, "train");
        Set<String> labels = new HashSet<>();
        Set<String> tasks = new HashSet<>();
        for (InputRecord record : records) {
            labels.add(example(record).getLabel());
            tasks.add(example(record).getTask());
        }
        assertThat(records).hasSize(15_000); // 150 intents of 100 utterances
        assertThat(labels).hasSize(150);
        assertThat(tasks).hasSize(10).doesNotContainNull();
    }

    private static LabeledExample example(InputRecord record) {
        return ((InputRecord.Example) record).example();
    }
}
