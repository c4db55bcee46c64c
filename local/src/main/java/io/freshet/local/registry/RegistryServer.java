package io.freshet.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.local.LocalStackException;
import io.freshet.local.registry.RegistryRoutes.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A schema registry inside this JVM on 127.0.0.1; its schemas are in the broker's topic {@code _schemas}. */
public final class RegistryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LARGEST_BODY_BYTES = 4 << 20;
    private static final int THREADS = 2;

    private final RegistryState state = new RegistryState();
    private final RegistryLog log;
    private final RegistryRoutes routes;
    private final HttpServer http;
    private final ExecutorService threads;

    private RegistryServer(String bootstrapServers, HttpServer http) {
        this.http = http;
        this.log = new RegistryLog(bootstrapServers, entry -> RegistryRecords.apply(entry, state));
        this.routes = new RegistryRoutes(new RegistryApi(state, this::append));
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a registry, which is ready when this returns.
     *
     * @param port 0 for a free one
     * @throws LocalStackException if the port is taken or the topic cannot be read
     */
    public static RegistryServer start(String bootstrapServers, int port) {
        HttpServer http;
        try {
            http = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (IOException e) {
            throw new LocalStackException(
                    "the schema registry cannot listen on 127.0.0.1:%d: %s; choose another port (0 takes a free one)"
                            .formatted(port, e.getMessage()),
                    e);
        }
        try {
            RegistryServer server = new RegistryServer(bootstrapServers, http);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (RuntimeException e) {
            http.stop(0);
            throw e;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        log.close();
    }

    private void append(RegistryRecords.Entry entry) {
        log.append(entry);
        RegistryRecords.apply(entry, state);
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        JsonNode answer;
        try {
            Request request = read(exchange);
            synchronized (state) {
                answer = routes.answer(request);
            }
        } catch (RegistryError e) {
            status = e.status();
            answer = error(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // whatever failed, the client must hear of it
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            status = 500;
            answer = error(50001, String.valueOf(e.getMessage()));
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Request read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
        if (body.length > LARGEST_BODY_BYTES) {
            throw RegistryError.badRequest("the body has more than %d bytes".formatted(LARGEST_BODY_BYTES));
        }
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                path(exchange.getRequestURI().getRawPath()),
                query == null ? "" : query,
                body.length == 0 ? JSON.createObjectNode() : parse(body));
    }

    private static List<String> path(String raw) {
        try {
            return Arrays.stream(raw.split("/"))
                    .filter(part -> !part.isEmpty())
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw RegistryError.badRequest("the path is not URL-encoded: " + raw);
        }
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RegistryError.badRequest("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }
}
