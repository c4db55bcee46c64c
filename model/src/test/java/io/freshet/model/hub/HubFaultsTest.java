package io.freshet.model.hub;

import static io.freshet.model.hub.HubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.hub.HubServer.Seen;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way. */
class HubFaultsTest {

    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    private Path directory;

    private HubServer server;
    private final List<Duration> pauses = new ArrayList<>();
    private final HubTest.Notes notes = new HubTest.Notes();
    private final byte[] weights = HubTest.random(1_000_000);
    private Duration patience = Duration.ofSeconds(20);
    private @Nullable String token;

    @BeforeEach
    void serve() throws IOException {
        server = new HubServer();
        server.small.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        server.large.put(WEIGHTS, weights);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        server.fail(WEIGHTS, exchange -> false, server.breakAfter(300_000));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        Seen second = stored().get(1);
        // no more than a buffer is lost of what was sent, and only the same version is continued
        long from = Long.parseLong(String.valueOf(second.header("Range")).replaceAll("bytes=(\\d+)-", "$1"));
        assertThat(from).isBetween(1L, 300_000L);
        assertThat(second.header("If-Range")).startsWith("\"");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(notes.again).singleElement().asString().contains("connection");
    }

    @Test
    void goesOnInAnotherProcess() throws Exception {
        part(Arrays.copyOf(weights, 400_000));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        assertThat(stored())
                .singleElement()
                .extracting(seen -> seen.header("Range"))
                .isEqualTo("bytes=400000-");
        assertThat(pauses).isEmpty();
    }

    @Test
    void takesAPartThatIsComplete() throws Exception {
        part(weights);
        pull();
        assertThat(stored()).isEmpty();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
    }

    @ParameterizedTest
    @ValueSource(ints = {400_000, 1_000_000})
    void beginsAgainWhereAPartIsWrong(int length) throws Exception {
        byte[] wrong = Arrays.copyOf(weights, length);
        wrong[7] ^= 1;
        part(wrong);
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        assertThat(notes.again).singleElement().asString().contains("its parts do not fit together");
    }

    @Test
    void beginsAgainWhereAPartIsTooLong() throws Exception {
        part(HubTest.random(1_000_001));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
    }

    @Test
    void beginsAgainWhereTheServerHasAnotherVersion() throws Exception {
        Path part = part(Arrays.copyOf(weights, 400_000));
        Files.writeString(part.resolveSibling(part.getFileName() + ".etag"), "\"older\"");
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        assertThat(stored())
                .singleElement()
                .extracting(seen -> seen.header("If-Range"))
                .isEqualTo("\"older\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 1-999999/1000000", "bytes 400000-999999/7", "all", ""})
    void beginsAgainWhereTheServerSendsAnotherRange(String range) throws Exception {
        part(Arrays.copyOf(weights, 400_000));
        server.fail(WEIGHTS, exchange -> false, status(206, "Content-Range", range));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        assertThat(notes.again).singleElement().asString().contains("answers other bytes");
    }

    @Test
    void beginsAgainWhereTheServerHasNoSuchRange() throws Exception {
        part(Arrays.copyOf(weights, 400_000));
        server.fail(WEIGHTS, exchange -> false, status(416));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
    }

    @Test
    void leavesAPartThatAnotherPullWrites() throws Exception {
        Path part = part(Arrays.copyOf(weights, 400_000));
        RemoteFile file = new RemoteFile(
                WEIGHTS, weights.length, new ContentHash(ContentHash.Kind.SHA256, HubServer.sha256(weights)));
        try (PartFile held = PartFile.open(directory, file)) {
            assertThat(held.length()).isEqualTo(400_000);
            refuses(part + " is being written by another process");
        }
    }

    @Test
    void triesAgainWhereNothingComes() throws Exception {
        patience = Duration.ofMillis(300);
        server.fail(WEIGHTS, exchange -> false, server.stallAfter(1000));
        pull();
        assertThat(Files.readAllBytes(directory.resolve(WEIGHTS))).isEqualTo(weights);
        assertThat(notes.again).singleElement().asString().contains("nothing came for");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void triesAgainAfterAFailureThatMayPass(int status) throws Exception {
        server.fail("main", status(status));
        server.fail(WEIGHTS, status(status), status(status));
        pull();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(notes.again).allMatch(why -> why.endsWith("answers " + status));
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        server.fail("main", status(429, "Retry-After", "7"));
        pull();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitForHours() {
        server.fail("main", status(429, "Retry-After", "7200"));
        refuses("answers 429, 1 times in a row; it asks to wait 7200 s; try again later");
        assertThat(pauses).isEmpty();
    }

    @Test
    void asksForANewAddressWhereTheOldOneHasExpired() throws Exception {
        server.fail(WEIGHTS, exchange -> false, status(403));
        pull();
        assertThat(server.seen.stream().filter(seen -> seen.path().endsWith("/" + WEIGHTS)))
                .hasSize(2);
        assertThat(notes.again).singleElement().asString().contains("where the hub sends for it, answers 403");
        assertThat(notes.again.get(0)).doesNotContain("Signature");
    }

    @Test
    void givesUpAfterFiveTimesAndKeepsWhatCame() throws IOException {
        server.fail(WEIGHTS, exchange -> false, server.breakAfter(300_000));
        for (int i = 0; i < 5; i++) {
            server.fail(WEIGHTS, status(503));
        }
        refuses("answers 503, 5 times in a row; try again later, what was fetched is kept");
        // the first pause is of the connection that broke
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(WEIGHTS + "." + HubServer.sha256(weights).substring(0, 12) + ".part")
                    .doesNotContain("config.json");
        }
    }

    @Test
    void givesUpOnAServerThatBreaksAtTheSamePlaceAndCannotGoOn() {
        for (int i = 0; i < 40; i++) {
            server.fail(WEIGHTS, exchange -> false, exchange -> {
                exchange.sendResponseHeaders(200, weights.length);
                exchange.getResponseBody().write(weights, 0, 300_000);
                exchange.getResponseBody().flush();
                return true;
            });
        }
        refuses("5 times in a row; try again later");
    }

    @Test
    void saysThatNoHubIsThere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Hub hub = hub(HubAccess.of("http://127.0.0.1:" + free, Map.of()));
        assertThatThrownBy(() -> hub.pull(HubModel.parse(HubServer.ID), directory, notes))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("the connection failed (ConnectException")
                .hasMessageContaining("5 times in a row");
    }

    @Test
    void refusesAFileThatWasChangedOnItsWay() throws IOException {
        byte[] changed = weights.clone();
        changed[500_000] ^= 1;
        server.sent.put(WEIGHTS, changed);
        refuses(
                "model.safetensors has sha256 " + HubServer.sha256(changed),
                "the hub lists sha256 " + HubServer.sha256(weights));
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void refusesASmallFileThatWasChangedOnItsWay() {
        server.sent.put("config.json", "[]".getBytes(StandardCharsets.UTF_8));
        refuses("config.json has git blob", "but the hub lists git blob");
    }

    @ParameterizedTest
    @ValueSource(ints = {999_999, 1_000_001})
    void refusesAFileOfAnotherLength(int length) {
        server.sent.put(WEIGHTS, Arrays.copyOf(weights, length));
        refuses("the hub sends %d bytes for model.safetensors but lists 1000000".formatted(length));
    }

    @Test
    void refusesBytesWithoutEnd() {
        server.fail(WEIGHTS, exchange -> false, exchange -> {
            exchange.sendResponseHeaders(200, 0); // of no stated length
            exchange.getResponseBody().write(weights);
            exchange.getResponseBody().write(1);
            return true;
        });
        refuses("more than the 1000000 bytes of model.safetensors came");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Repo-Commit, ffffffffffffffffffffffffffffffffffffffff",
        "X-Linked-Size, 7",
        "X-Linked-ETag, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    })
    void refusesHeadersThatContradictTheListing(String header, String value) {
        server.lies.put(header, value);
        refuses("the hub says %s %s of model.safetensors but lists".formatted(header, value));
    }

    @Test
    void followsARepositoryThatMoved() throws Exception {
        server.fail("main", status(307, "Location", "/api/models/acme/tiny/revision/main?blobs=true&moved"));
        server.fail("main", exchange -> false);
        refuses("acme/tiny has no revision 'main'"); // the server wants the query that it knows
        server.fail("main", status(307, "Location", "/api/models/acme/tiny/revision/main?blobs=true"));
        pull();
        assertThat(directory.resolve("config.json")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://127.0.0.1/x | redirects to ftp://127.0.0.1/x, which is not followed",
                "file:///etc/passwd | which is not followed",
                "http://[ | redirects to what is not an address",
                "'' | redirects to nowhere",
            })
    void refusesToFollowWhatIsNoAddressOfTheWeb(String location, String message) {
        server.fail("main", status(302, "Location", location));
        refuses(message);
    }

    @Test
    void refusesACircleOfRedirects() {
        HubServer.Fault circle = status(302, "Location", "/api/models/acme/tiny/revision/main?blobs=true");
        for (int i = 0; i < 20; i++) {
            server.fail("main", circle);
        }
        refuses("redirects more than 8 times");
    }

    @Test
    void sendsTheTokenToTheHubAndToNobodyElse() throws Exception {
        token = "hf_secret";
        server.token = token;
        pull();
        assertThat(stored()).hasSize(1).allMatch(seen -> seen.header("Authorization") == null);
        assertThat(server.seen.stream().filter(seen -> seen.server().equals("hub")))
                .hasSize(3)
                .allMatch(seen -> "Bearer hf_secret".equals(seen.header("Authorization")));
    }

    @Test
    void saysThatATokenIsWanted() {
        server.token = "hf_secret";
        refuses("the hub does not show acme/tiny to everybody (401)", "set HF_TOKEN");
    }

    @Test
    void saysThatATokenIsNotAcceptedWithoutShowingIt() {
        server.token = "hf_secret";
        token = "hf_wrong";
        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("the hub does not accept HF_TOKEN for acme/tiny (401)")
                .hasMessageContaining("saying 'Invalid credentials in Authorization header'")
                .hasMessageNotContaining("hf_wrong");
    }

    @Test
    void saysThatTermsAreToBeAccepted() {
        server.fail(
                "main",
                status(403, "X-Error-Code", "GatedRepo", "X-Error-Message", "Access to model acme/tiny is restricted"));
        refuses(
                "the hub does not let acme/tiny be read without a token (403)",
                "saying 'Access to model acme/tiny is restricted'",
                "accept its terms at " + server.endpoint() + "/acme/tiny");
    }

    @Test
    void saysThatThereIsNoSuchModel() {
        Hub hub = hub(HubAccess.of(server.endpoint().toString(), Map.of()));
        assertThatThrownBy(() -> hub.pull(HubModel.parse("acme/other"), directory, notes))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(server.endpoint() + " has no model acme/other (404)");
    }

    @Test
    void saysThatThereIsNoSuchRevision() {
        Hub hub = hub(HubAccess.of(server.endpoint().toString(), Map.of()));
        assertThatThrownBy(() -> hub.pull(HubModel.parse("acme/tiny@v9"), directory, notes))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("acme/tiny has no revision 'v9' (404)");
    }

    @Test
    void saysThatAFileIsGone() {
        server.fail(WEIGHTS, status(404, "X-Error-Code", "EntryNotFound"));
        refuses("the hub has no " + server.endpoint() + "/acme/tiny/resolve/");
    }

    @Test
    void saysThatADirectoryCannotBeWritten() throws IOException {
        Files.createDirectory(
                directory.resolve(WEIGHTS + "." + HubServer.sha256(weights).substring(0, 12) + ".part"));
        assertThatThrownBy(this::pull).isInstanceOf(IOException.class).hasMessageContaining(".part");
        assertThat(pauses).isEmpty();
    }

    private Path part(byte[] content) throws IOException {
        String name = WEIGHTS + "." + HubServer.sha256(weights).substring(0, 12) + ".part";
        return Files.write(directory.resolve(name), content);
    }

    private List<Seen> stored() {
        return server.seen.stream()
                .filter(seen -> seen.server().equals("store"))
                .toList();
    }

    private Hub hub(HubAccess access) {
        return new Hub(access, patience, Retries.DEFAULTS, pauses::add);
    }

    private Pulled pull() throws IOException, InterruptedException {
        Map<String, String> environment = token == null ? Map.of() : Map.of("HF_TOKEN", token);
        HubAccess access = HubAccess.of(server.endpoint().toString(), environment);
        return hub(access).pull(HubModel.parse(HubServer.ID), directory, notes);
    }

    private void refuses(String... message) {
        assertThatThrownBy(this::pull).isInstanceOf(HubException.class).hasMessageContainingAll(message);
    }
}
