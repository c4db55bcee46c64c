package io.freshet.cli.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path directory;

    @Test
    void remembersWhatTheFirstStartFixes() throws IOException {
        try (Workspace workspace = Workspace.open(directory.resolve("data"))) {
            assertThat(workspace.remembered()).isEmpty();
            workspace.remember(new SettingsForAll(Map.of(
                    "examples.partitions",
                    "1",
                    "model.name",
                    "intents",
                    "ingest.heldout.salt",
                    "s",
                    "batch.size",
                    "8")));
            assertThat(workspace.remembered())
                    .isEqualTo(Map.of("examples.partitions", "1", "model.name", "intents", "ingest.heldout.salt", "s"));
        }
        assertThat(directory.resolve("data")).exists();
    }

    @Test
    void removesATemporaryDirectoryWithAllThatIsInIt() throws IOException {
        Path kept;
        try (Workspace workspace = Workspace.open(null)) {
            kept = workspace.directory();
            Files.createDirectories(kept.resolve("a/b"));
            Files.writeString(kept.resolve("a/b/c"), "d");
        }
        assertThat(kept).doesNotExist();
    }

    @Test
    void giveEveryServiceSettingsThatItUnderstands() throws IOException {
        try (Workspace workspace = Workspace.open(null)) {
            Map<String, String> settings = new TreeMap<>(workspace.settings());
            settings.put("bootstrap.servers", "127.0.0.1:1");
            settings.put("schema.registry.url", "http://127.0.0.1:1");
            new SettingsForAll(settings).check();
        }
    }
}
