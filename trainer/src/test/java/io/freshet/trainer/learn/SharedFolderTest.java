package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {

    @Test
    void isThereUntilTheLastHolderLetsGo() throws IOException {
        SharedFolder folder = SharedFolder.create("freshet-test-");
        Files.writeString(folder.path().resolve("file"), "content");
        SharedFolder again = folder.held();
        folder.close();
        assertThat(again.path().resolve("file")).hasContent("content");
        again.close();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void copiesItsFiles(@TempDir Path target) throws IOException {
        try (SharedFolder folder = SharedFolder.create("freshet-test-")) {
            Files.writeString(folder.path().resolve("file"), "content");
            SharedFolder.copy(folder.path(), target.resolve("copy"));
        }
        assertThat(target.resolve("copy/file")).hasContent("content");
    }
}
