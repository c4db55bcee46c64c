package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.store.StoredFile;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ModelFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChampionTest {

    private static final StoredFile FILE = new StoredFile("ab".repeat(32), 3);

    @Test
    void readsARecord() {
        ChampionUpdate update = ChampionUpdate.newBuilder()
                .setSequence(7)
                .setCheckpoint("c000012-0a1b2c3d")
                .setReason("promotion")
                .setStep(120)
                .setTrained(3_840)
                .setLabels(5)
                .setHeldOutAccuracy(0.75)
                .setStore("s3://bucket/prefix")
                .setFiles(List.of(new ModelFile("config.json", FILE.sha256(), FILE.size())))
                .setTime(Instant.EPOCH)
                .build();

        assertThat(Champion.of(update))
                .isEqualTo(new Champion(
                        7,
                        "c000012-0a1b2c3d",
                        "promotion",
                        Optional.empty(),
                        OptionalDouble.of(0.75),
                        "s3://bucket/prefix",
                        List.of(new ChampionFile("config.json", FILE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escape", "/etc/passwd", "a/../../b", "", " ", "..", ".", "a\\b", "./config.json", "a//b"})
    void refusesAPathThatDoesNotStayInTheDirectory(String path) {
        assertThatThrownBy(() -> new ChampionFile(path, FILE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + path + "'");
    }

    @Test
    void takesAPathInAFolder() {
        assertThat(new ChampionFile("tokenizer/vocab.txt", FILE).path()).isEqualTo("tokenizer/vocab.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", ".hidden", "with space"})
    void refusesACheckpointIdThatCannotNameADirectory(String id) {
        assertThatThrownBy(() -> Champions.champion(1, "promotion", id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + id + "'");
    }

    @Test
    void refusesAPathTwice() {
        ChampionFile file = new ChampionFile("config.json", FILE);

        assertThatThrownBy(() -> new Champion(
                        1,
                        "c1",
                        "promotion",
                        Optional.empty(),
                        OptionalDouble.empty(),
                        "file:///s",
                        List.of(file, file)))
                .hasMessageContaining("twice");
    }

    @Test
    void namesDirectoriesByTheirFilesToo() {
        Champion one = Champions.champion(1, "promotion", "same");
        Champion other = Champions.champion(2, "promotion", "same");

        assertThat(one.directoryName()).startsWith("same-").isNotEqualTo(other.directoryName());
    }
}
