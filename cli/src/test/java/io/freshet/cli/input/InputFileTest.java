package io.freshet.cli.input;

import static io.freshet.cli.input.InputFiles.read;
import static io.freshet.cli.input.InputFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {

    @TempDir
    Path directory;

    @Test
    void shufflesTheSameWayForTheSameSeed() throws IOException {
        String content = IntStream.range(0, 100)
                .mapToObj(i -> "{\"text\":\"t" + i + "\"}\n")
                .collect(Collectors.joining());
        Path file = write(directory, "a.jsonl", content);
        List<String> inOrder = ids(new InputFile(file, null, null, true));
        List<String> seven = ids(new InputFile(file, null, 7L, true));
        assertThat(seven).isEqualTo(ids(new InputFile(file, null, 7L, true)));
        assertThat(seven).isNotEqualTo(inOrder).isNotEqualTo(ids(new InputFile(file, null, 8L, true)));
        assertThat(seven).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void refusesFilesOfAnUnknownKind() throws IOException {
        Path file = Files.writeString(directory.resolve("a.parquet"), "x");
        assertThatThrownBy(() -> read(file, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(".parquet")
                .hasMessageContaining("use .jsonl, .csv, .json or .txt");
    }

    @Test
    void refusesASplitOfAFileThatHasNone() throws IOException {
        Path file = write(directory, "a.jsonl", "{}");
        assertThatThrownBy(() -> read(file, "train"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("only .json files have splits");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> read(directory.resolve("none.jsonl"), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a file");
    }

    private static List<String> ids(InputFile file) throws IOException {
        return read(file).stream().map(InputRecord::id).toList();
    }
}
