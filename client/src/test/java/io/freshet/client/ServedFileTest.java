package io.freshet.client;

import static io.freshet.client.Champions.promotion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFileTest {

    @TempDir
    Path directory;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Served served = new Served(promotion(3), Optional.of(promotion(2)));

        new ServedFile(directory).write(served);

        assertThat(new ServedFile(directory).read()).contains(served);
        assertThat(directory).isDirectoryContaining(path -> path.endsWith("champion.json"));
        assertThat(directory.toFile().list()).as("no temporary file stays").hasSize(1);
    }

    @Test
    void givesBackAFirstChampionWithoutAccuracy() throws IOException {
        Champion first = new Champion(
                1,
                "genesis-00000000",
                "initial",
                Optional.empty(),
                OptionalDouble.empty(),
                "file:///s",
                promotion(1).files());
        Served served = new Served(first, Optional.empty());

        new ServedFile(directory).write(served);

        assertThat(new ServedFile(directory).read()).contains(served);
    }

    @Test
    void knowsNothingWhereThereIsNoFile() throws IOException {
        assertThat(new ServedFile(directory.resolve("absent")).read()).isEmpty();
    }

    @Test
    void makesItsDirectory() throws IOException {
        Path below = directory.resolve("a/b");

        new ServedFile(below).write(new Served(promotion(1), Optional.empty()));

        assertThat(new ServedFile(below).read()).isPresent();
    }

    @Test
    void saysWhatIsWrongWithABrokenFile() throws IOException {
        for (String broken : List.of("", "{", "[]", "{\"current\": {\"sequence\": 0}}")) {
            Files.writeString(directory.resolve("champion.json"), broken);

            assertThatThrownBy(() -> new ServedFile(directory).read())
                    .as("'%s'", broken)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("champion.json")
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void passesOverFieldsItDoesNotKnow() throws IOException {
        new ServedFile(directory).write(new Served(promotion(1), Optional.empty()));
        Path file = directory.resolve("champion.json");
        Files.writeString(file, Files.readString(file).replace("\"sequence\"", "\"later\" : 1, \"sequence\""));

        assertThat(new ServedFile(directory).read()).isPresent();
    }
}
