package io.freshet.model.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A hub with one model, and the server that holds its large files, both on 127.0.0.1; addresses, headers and statuses are
 * those of the public hub.
 */
final class HubServer implements AutoCloseable {

    static final String ID = "acme/tiny";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** A request that arrived. */
    record Seen(String server, String path, Map<String, String> headers) {
        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Answers instead of the server; returns false if the server shall answer all the same. */
    interface Fault {
        boolean answer(HttpExchange exchange) throws IOException;
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> small = new TreeMap<>();
    final Map<String, byte[]> large = new TreeMap<>();

    /** What the server sends for a file where that is not what it lists. */
    final Map<String, byte[]> sent = new ConcurrentHashMap<>();

    /** Headers of the hub's redirect to a large file, if they are to lie. */
    final Map<String, String> lies = new ConcurrentHashMap<>();

    private final Map<String, List<Fault>> faults = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub = server("hub", this::answer);
    private final HttpServer store = server("store", this::answerLarge);

    /** The token that is wanted; null if everybody may read. */
    volatile @Nullable String token;

    volatile UnaryOperator<String> listing = json -> json;

    HubServer() throws IOException {}

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** Makes the next requests for a path's last segment fail, one fault each. */
    void fail(String name, Fault... next) {
        faults.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).addAll(List.of(next));
    }

    /** A fault: this status, and nothing else. */
    static Fault status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            return true;
        };
    }

    /** A fault of the server of large files: the connection breaks after so many bytes. */
    Fault breakAfter(int bytes) {
        return exchange -> {
            sendLarge(exchange, bytes);
            return true;
        };
    }

    /** A fault: the answer stops after so many bytes, and the connection stays open. */
    Fault stallAfter(int bytes) {
        return exchange -> {
            byte[] content = content(exchange);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
    }

    private HttpServer server(String name, Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange;
                    var request = exchange.getRequestBody()) {
                request.readAllBytes();
                Map<String, String> headers = new TreeMap<>();
                exchange.getRequestHeaders()
                        .forEach((key, values) ->
                                headers.put(key.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
                seen.add(new Seen(name, exchange.getRequestURI().toString(), headers));
                List<Fault> waiting = faults.getOrDefault(name(exchange), List.of());
                if (waiting.isEmpty() || !waiting.remove(0).answer(exchange)) {
                    handler.answer(exchange);
                }
            }
        });
        server.start();
        return server;
    }

    private interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String wanted = token;
        if (wanted != null
                && !("Bearer " + wanted).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            status(401, "X-Error-Message", "Invalid credentials in Authorization header")
                    .answer(exchange);
        } else if (path.startsWith("/api/models/" + ID + "/revision/")) {
            answerListing(exchange, path.substring(("/api/models/" + ID + "/revision/").length()));
        } else if (path.startsWith("/" + ID + "/resolve/" + COMMIT + "/")) {
            answerFile(exchange);
        } else {
            status(404, "X-Error-Code", "RepoNotFound", "X-Error-Message", "Repository not found")
                    .answer(exchange);
        }
    }

    private void answerListing(HttpExchange exchange, String revision) throws IOException {
        if (!List.of("main", "refs/pr/1", COMMIT).contains(URLDecoder.decode(revision, StandardCharsets.UTF_8))
                || !"blobs=true".equals(exchange.getRequestURI().getQuery())) {
            status(404, "X-Error-Code", "RevisionNotFound", "X-Error-Message", "Invalid rev id")
                    .answer(exchange);
            return;
        }
        send(exchange, listing.apply(listed()).getBytes(StandardCharsets.UTF_8), "W/\"listing\"");
    }

    private String listed() {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("id", ID).put("sha", COMMIT);
        var siblings = root.putArray("siblings");
        small.forEach((name, content) -> siblings.addObject()
                .put("rfilename", name)
                .put("size", content.length)
                .put("blobId", gitBlob(content)));
        large.forEach((name, content) -> siblings.addObject()
                .put("rfilename", name)
                .put("size", content.length)
                .put("blobId", "f".repeat(40))
                .putObject("lfs")
                .put("sha256", sha256(content))
                .put("size", content.length)
                .put("pointerSize", 134));
        return root.toString();
    }

    private void answerFile(HttpExchange exchange) throws IOException {
        String name = name(exchange);
        exchange.getResponseHeaders().set("X-Repo-Commit", lies.getOrDefault("X-Repo-Commit", COMMIT));
        byte[] content = small.get(name);
        if (content != null) {
            send(exchange, sent.getOrDefault(name, content), "\"" + gitBlob(content) + "\"");
            return;
        }
        byte[] stored = large.get(name);
        if (stored == null) {
            status(404, "X-Error-Code", "EntryNotFound").answer(exchange);
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("X-Linked-Size", lies.getOrDefault("X-Linked-Size", "" + stored.length));
        headers.set("X-Linked-ETag", "\"" + lies.getOrDefault("X-Linked-ETag", sha256(stored)) + "\"");
        headers.set("Location", "http://127.0.0.1:%d/signed/%s?Signature=abc".formatted(port(), name));
        exchange.sendResponseHeaders(302, -1);
    }

    private int port() {
        return store.getAddress().getPort();
    }

    private void answerLarge(HttpExchange exchange) throws IOException {
        sendLarge(exchange, Integer.MAX_VALUE);
    }

    /** Answers a range as storage services do, then breaks the connection after {@code most} bytes. */
    private void sendLarge(HttpExchange exchange, int most) throws IOException {
        byte[] content = content(exchange);
        String tag = "\"" + sha256(content).substring(0, 32) + "-1\"";
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        exchange.getResponseHeaders().set("ETag", tag);
        if (range != null && (condition == null || condition.equals(tag))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            if (from >= content.length) {
                status(416).answer(exchange);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
        exchange.getResponseBody().write(rest, 0, Math.min(most, rest.length));
        exchange.getResponseBody().flush();
        if (most >= rest.length) {
            exchange.getResponseBody().close();
        }
    }

    private byte[] content(HttpExchange exchange) {
        String name = name(exchange);
        return sent.getOrDefault(name, large.getOrDefault(name, new byte[0]));
    }

    private static void send(HttpExchange exchange, byte[] content, String tag) throws IOException {
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.getResponseBody().close();
    }

    private static String name(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String sha256(byte[] content) {
        return hex("SHA-256", content);
    }

    /** As {@code git hash-object} does. */
    static String gitBlob(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, whole, head.length, content.length);
        return hex("SHA-1", whole);
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
