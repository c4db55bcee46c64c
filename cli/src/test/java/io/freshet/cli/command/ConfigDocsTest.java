package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigDocsTest {

    @Test
    void theCommittedPageIsWhatTheCodeSays() throws IOException {
        Path page = Path.of(System.getProperty("freshet.root"), "docs", "configuration.md");
        assertThat(page)
                .as("write it anew with: ./freshet config-docs > docs/configuration.md")
                .content()
                .isEqualTo(ConfigDocs.page());
    }

    @Test
    void thePageIsTheSameEverywhere() {
        assertThat(ConfigDocs.page()).doesNotContain("Lambda", System.getProperty("user.dir"));
    }
}
