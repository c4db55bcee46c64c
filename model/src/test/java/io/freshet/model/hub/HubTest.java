package io.freshet.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.hub.HubServer.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    private Path directory;
    private HubServer server;
    private final List<Duration> pauses = new ArrayList<>();
    private final Notes notes = new Notes();
    private final byte[] weights = random(1_000_000);

    @BeforeEach
    void serve() throws IOException {
        directory = temp.resolve("model");
        server = new HubServer();
        server.small.put("config.json", text("{\"model_type\":\"bert\"}"));
        server.small.put("tokenizer.json", text("{}"));
        server.small.put("vocab.txt", text("[PAD]\nä\n"));
        server.small.put("added_tokens.json", text("")); // an empty file is one too
        server.small.put("README.md", text("hello"));
        server.small.put("modeling_tiny.py", text("print()"));
        server.large.put("model.safetensors", weights);
        server.large.put("pytorch_model.bin", random(100));
        server.large.put("onnx/model.onnx", random(100));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesConfigurationTokenizerAndWeightsAndNothingElse() throws Exception {
        Pulled pulled = pull();
        assertThat(pulled.commit()).isEqualTo(HubServer.COMMIT);
        assertThat(pulled.fetched())
                .containsExactly(
                        "tokenizer.json", "added_tokens.json", "vocab.txt", "model.safetensors", "config.json");
        assertThat(pulled.kept()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrderElementsOf(pulled.fetched()); // no part is left
        assertThat(Files.readAllBytes(directory.resolve("model.safetensors"))).isEqualTo(weights);
        assertThat(Files.readString(directory.resolve("vocab.txt"))).isEqualTo("[PAD]\nä\n");
        assertThat(server.seen).noneMatch(seen -> seen.path().matches(".*\\.(bin|py|onnx|md)"));
        assertThat(notes.last).isEqualTo("config.json %1$d of %1$d".formatted(pulled.bytes()));
    }

    @Test
    void asksForEveryFileByTheCommitOfTheRevision() throws Exception {
        hub().pull(HubModel.parse(HubServer.ID + "@refs/pr/1"), directory, notes);
        List<String> paths = server.seen.stream()
                .filter(seen -> seen.server().equals("hub"))
                .map(Seen::path)
                .toList();
        assertThat(paths.get(0)).isEqualTo("/api/models/acme/tiny/revision/refs%2Fpr%2F1?blobs=true");
        assertThat(paths.subList(1, paths.size()))
                .hasSizeGreaterThan(3)
                .allMatch(path -> path.startsWith("/acme/tiny/resolve/" + HubServer.COMMIT + "/"));
    }

    @Test
    void keepsAFinishedDirectoryAfterCheckingIt() throws Exception {
        pull();
        server.seen.clear();
        Pulled again = pull();
        assertThat(again.fetched()).isEmpty();
        assertThat(again.kept()).hasSize(5);
        assertThat(server.seen).hasSize(1); // the listing
    }

    @Test
    void fetchesOnlyWhatIsMissing() throws Exception {
        pull();
        Files.delete(directory.resolve("vocab.txt"));
        Pulled again = pull();
        assertThat(again.fetched()).containsExactly("vocab.txt");
        assertThat(again.kept()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"config.json, 0", "model.safetensors, 999999"})
    void refusesADirectoryWithAnotherFileOfTheSameName(String name, int position) throws Exception {
        pull();
        Path file = directory.resolve(name);
        byte[] changed = Files.readAllBytes(file);
        changed[position] ^= 1;
        Files.write(file, changed);
        refuses(file + " is there and is not the file that the hub has", "choose another directory");
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
    }

    @Test
    void refusesADirectoryWithOtherWeights() throws Exception {
        Files.createDirectories(directory);
        Files.write(directory.resolve("model-00001-of-00002.safetensors"), new byte[1]);
        refuses("model-00001-of-00002.safetensors is there and not of this model");
    }

    @Test
    void refusesAFileInsteadOfADirectory() throws Exception {
        Files.writeString(directory, "");
        refuses(directory + " is not a directory");
    }

    @Test
    void fetchesTheShardsThatAnIndexNames() throws Exception {
        server.large.remove("model.safetensors");
        server.large.put("model-00001-of-00002.safetensors", random(300));
        server.large.put("model-00002-of-00002.safetensors", random(200));
        server.large.put("consolidated.safetensors", random(500));
        index("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        assertThat(pull().fetched()).contains("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        assertThat(names())
                .hasSize(7)
                .contains("model.safetensors.index.json")
                .doesNotContain("consolidated.safetensors");
        assertThat(pull().fetched()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../model.safetensors", "/etc/model.safetensors", "sub/model.safetensors", "pytorch_model.bin"})
    void refusesAnIndexThatNamesWhatIsNoShard(String shard) throws Exception {
        server.large.remove("model.safetensors");
        index(shard, shard);
        refuses("is not the name of a safetensors file beside it");
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesAnIndexThatNamesAShardThatIsNotListed() {
        server.large.remove("model.safetensors");
        index("model-1.safetensors", "model-2.safetensors");
        refuses("the repository has no file 'model-1.safetensors'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "/etc/passwd",
                "a/../../b",
                "a//b",
                "a\\\\b",
                "..",
                "",
                "a\\u0000b",
                "./config.json"
            })
    void refusesAListingWithANameThatLeavesTheDirectory(String name) {
        server.listing = json -> json.replace("\"README.md\"", "\"" + name + "\"");
        refuses("is not a path inside a repository");
        assertThat(directory).doesNotExist();
    }

    @Test
    void refusesPicklesAndSaysWhatToDo() {
        server.large.remove("model.safetensors");
        refuses(
                "acme/tiny@main has no safetensors weights, only pytorch_model.bin",
                "pickle files are never fetched",
                "acme/tiny@refs/pr/N",
                "save_pretrained");
        assertThat(server.seen).hasSize(1);
        assertThat(directory).doesNotExist();
    }

    @Test
    void refusesARepositoryWithoutWeights() {
        server.large.clear();
        refuses("has neither model.safetensors nor model.safetensors.index.json");
    }

    @Test
    void refusesAnAdapter() {
        server.large.clear();
        server.large.put("adapter_model.safetensors", weights);
        refuses("holds an adapter, not a model");
    }

    @Test
    void refusesARepositoryWithoutAConfiguration() {
        server.small.remove("config.json");
        refuses("has no config.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | is not JSON",
                "{} | has no commit (sha) or no files (siblings)",
                "{\"sha\":\"main\",\"siblings\":[]} | has no commit",
                "[] | has no commit",
            })
    void refusesWhatIsNoListing(String answer, String message) {
        server.listing = json -> answer;
        refuses(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"size\":1000000 | \"size\":\"many\" | states no size for file 'model.safetensors'",
                "\"size\":1000000 | \"size\":-1 | has -1 bytes",
                "\"sha256\":\" | \"sha256\":\"z | is not a SHA256",
                "\"blobId\": | \"other\": | is not a GIT_BLOB",
            })
    void refusesAFileThatCouldNotBeChecked(String from, String to, String message) {
        server.listing = json -> json.replace(from, to);
        refuses(message);
    }

    @Test
    void refusesWhatTheDiskHasNoRoomForBeforeAnythingIsFetched() {
        server.listing = json -> json.replace("\"size\":1000000", "\"size\":" + Long.MAX_VALUE / 2);
        refuses("bytes are to be fetched but " + directory + " has room for ");
        assertThat(server.seen).hasSize(1);
    }

    private void index(String first, String second) {
        server.small.put(
                "model.safetensors.index.json",
                text("{\"weight_map\":{\"a\":\"%s\",\"b\":\"%s\"}}".formatted(first, second)));
    }

    private Hub hub() {
        HubAccess access = HubAccess.of(server.endpoint().toString(), Map.of());
        return new Hub(access, PATIENCE, Retries.DEFAULTS, pauses::add);
    }

    private Pulled pull() throws IOException, InterruptedException {
        return hub().pull(HubModel.parse(HubServer.ID), directory, notes);
    }

    private void refuses(String... message) {
        assertThatThrownBy(this::pull).isInstanceOf(HubException.class).hasMessageContainingAll(message);
        assertThat(pauses).isEmpty(); // it was not tried again
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what it is told. */
    static final class Notes implements PullProgress {
        String last = "";
        final List<String> again = new ArrayList<>();

        @Override
        public void at(String file, long done, long total) {
            last = "%s %d of %d".formatted(file, done, total);
        }

        @Override
        public void again(String why, Duration pause) {
            again.add(why);
        }
    }
}
