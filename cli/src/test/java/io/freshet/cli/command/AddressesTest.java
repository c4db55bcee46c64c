package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {

    @TempDir
    Path directory;

    @Test
    void findsWhatAStackOfARunningProcessWrote() throws IOException {
        Addresses.write(directory, Map.of("bootstrap.servers", "127.0.0.1:9", "checkpoint.store", "file:///a\\b"));
        assertThat(Addresses.find(directory))
                .hasValue(Map.of("bootstrap.servers", "127.0.0.1:9", "checkpoint.store", "file:///a\\b"));
        Addresses.remove(directory);
        assertThat(Addresses.find(directory)).isEmpty();
    }

    @Test
    void passesOverWhatAProcessLeftBehindThatIsGone() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        Files.writeString(
                directory.resolve("addresses.properties"),
                "bootstrap.servers=127.0.0.1:9\npid=" + process.pid() + "\n");
        assertThat(Addresses.find(directory)).isEmpty();
    }
}
