package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClientsPageTest {

    private static final Path ROOT = Path.of(System.getProperty("freshet.root", ".."));
    private static final Pattern SNIPPET = Pattern.compile("// snippet\n(.*?)\n *// end", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void showsTheCodeThatIsCompiledAndRun() throws IOException {
        String source = Files.readString(ROOT.resolve("client/src/test/java/io/freshet/client/ClientsPage.java"));
        String page = Files.readString(ROOT.resolve("docs/clients.md"));

        assertThat(all(BLOCK, page)).isNotEmpty().isEqualTo(all(SNIPPET, source));
    }

    @Test
    void namesOnlySettingsThatExist() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/clients.md"));
        List<String> keys = all(Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE), page);

        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ModelUpdatesConfig.DEFINITION.names()).contains(name));
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).stripIndent().strip());
        }
        return found;
    }
}
