package io.freshet.cli.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A hub on 127.0.0.1 that serves one directory as the model {@code acme/tiny}; every file is in large-file storage. */
final class LocalHub implements AutoCloseable {

    static final String ID = "acme/tiny";
    static final String COMMIT = "89abcdef0123456789abcdef0123456789abcdef";

    private final Path directory;
    private final HttpServer server;

    LocalHub(Path directory) throws IOException {
        this.directory = directory;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/models/" + ID + "/revision/main", exchange -> send(exchange, 200, listing()));
        server.createContext("/" + ID + "/resolve/" + COMMIT + "/", this::redirect);
        server.createContext("/stored/", exchange -> send(exchange, 200, Files.readAllBytes(file(exchange))));
        server.createContext("/", exchange -> send(exchange, 404, new byte[0]));
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private byte[] listing() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("id", ID).put("sha", COMMIT);
        var siblings = root.putArray("siblings");
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            siblings.addObject()
                    .put("rfilename", file.getFileName().toString())
                    .putObject("lfs")
                    .put("sha256", sha256(content))
                    .put("size", content.length);
        }
        return mapper.writeValueAsBytes(root);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        exchange.getResponseHeaders()
                .set("Location", "/stored/" + file(exchange).getFileName());
        send(exchange, 302, new byte[0]);
    }

    private Path file(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return directory.resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            if (content.length > 0) {
                exchange.getResponseBody().write(content);
                exchange.getResponseBody().close();
            }
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
