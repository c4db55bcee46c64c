package io.freshet.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** Just enough of a registry to watch what a client asks; it compares and checks nothing. */
final class RegistryDouble implements AutoCloseable {

    /** One request as it was received. */
    record Request(String line, String body, String authorization) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<Integer, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, String> compatibility = new TreeMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Deque<Integer> failures = new ArrayDeque<>();

    RegistryDouble() {
        this(address -> HttpServer.create(address, 0));
    }

    private RegistryDouble(Factory factory) {
        try {
            server = factory.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Speaks https with the certificate of {@code context}. */
    static RegistryDouble secured(SSLContext context) {
        return new RegistryDouble(address -> {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(context));
            return https;
        });
    }

    private interface Factory {
        HttpServer listen(InetSocketAddress address) throws IOException;
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Answers the next request with {@code status} and no meaning. */
    synchronized void failNext(int status) {
        failures.add(status);
    }

    synchronized void put(int id, ObjectNode answer) {
        schemas.put(id, answer);
    }

    synchronized List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized Map<String, String> compatibility() {
        return Map.copyOf(compatibility);
    }

    synchronized void setCompatibility(String subject, String level) {
        compatibility.put(subject, level);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(new Request(
                exchange.getRequestMethod() + " " + path, body, authorization == null ? "" : authorization));
        Integer failure = failures.poll();
        if (failure != null) {
            send(exchange, failure, error(failure, "as the test wants it"));
        } else {
            route(exchange, path, body);
        }
    }

    private void route(HttpExchange exchange, String path, String body) throws IOException {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/schemas/ids/")) {
            ObjectNode schema = schemas.get(Integer.valueOf(last));
            send(exchange, schema == null ? 404 : 200, schema == null ? error(40403, "Schema not found") : schema);
        } else if (path.startsWith("/subjects/")) {
            int id = schemas.size() + 1;
            JsonNode asked = JSON.readTree(body);
            schemas.put(
                    id,
                    JSON.createObjectNode().put("schema", asked.get("schema").asText()));
            send(exchange, 200, JSON.createObjectNode().put("id", id));
        } else if (exchange.getRequestMethod().equals("PUT")) {
            compatibility.put(last, JSON.readTree(body).get("compatibility").asText());
            send(exchange, 200, JSON.createObjectNode().put("compatibility", compatibility.get(last)));
        } else {
            String level = compatibility.get(last);
            send(
                    exchange,
                    level == null ? 404 : 200,
                    level == null
                            ? error(40408, "none")
                            : JSON.createObjectNode().put("compatibilityLevel", level));
        }
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
