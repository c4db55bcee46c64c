package io.freshet.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Requests of the Confluent REST protocol; repeats them while the registry cannot be reached. Thread-safe. */
final class RegistryHttp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final String base;
    private final RegistryConfig config;
    private final HttpClient client;

    RegistryHttp(String url, RegistryConfig config) {
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.config = config;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(config.requestTimeoutMillis()));
        if (!config.truststore().isEmpty()) {
            builder.sslContext(TrustStore.context(config));
        }
        this.client = builder.build();
    }

    JsonNode get(String path) {
        return exchange("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return exchange("POST", path, body);
    }

    JsonNode put(String path, JsonNode body) {
        return exchange("PUT", path, body);
    }

    /**
     * Every request of the protocol that is used here may be sent twice: registering again answers the same id.
     *
     * @throws RegistryRefusedException on an answer that repeating would not change
     * @throws RegistryUnavailableException if the time for repeating is over
     */
    private JsonNode exchange(String method, String path, @Nullable JsonNode body) {
        HttpRequest request = request(method, path, body);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.retryTimeoutMillis());
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            IOException failure;
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (!passing(response.statusCode())) {
                    return accept(request, response);
                }
                failure = new IOException("status %d: %s".formatted(response.statusCode(), response.body()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(request, "the wait was interrupted", e);
            } catch (SSLException e) { // certificates do not change while we wait
                throw unavailable(request, "%s; check %s".formatted(e, RegistryConfig.TRUSTSTORE), e);
            } catch (IOException e) {
                failure = e;
            }
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > deadline) {
                throw unavailable(request, failure.toString(), failure);
            }
            pause(pause, request);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMillis(config.requestTimeoutMillis()))
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (!config.user().isEmpty()) {
            String pair = config.user() + ":" + config.password().value();
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            builder.header("Authorization", "Basic " + encoded);
        } else if (!config.token().value().isEmpty()) {
            builder.header("Authorization", "Bearer " + config.token().value());
        }
        return builder.build();
    }

    /** Whether the status tells of a state of the server that may pass. */
    private static boolean passing(int status) {
        return status >= 500 || status == 429 || status == 408;
    }

    private static JsonNode accept(HttpRequest request, HttpResponse<String> response) {
        JsonNode answer = parse(response.body());
        int status = response.statusCode();
        if (status / 100 == 2 && !answer.isMissingNode()) {
            return answer;
        }
        String remedy = status == 401 || status == 403
                ? "; check %s, %s or %s".formatted(RegistryConfig.USER, RegistryConfig.PASSWORD, RegistryConfig.TOKEN)
                : "";
        throw new RegistryRefusedException(
                "the schema registry answered %d to %s %s: %s%s"
                        .formatted(
                                status,
                                request.method(),
                                request.uri(),
                                answer.path("message").asText(response.body()),
                                remedy),
                status,
                answer.path("error_code").asInt(status));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static void pause(long millis, HttpRequest request) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(request, "the wait was interrupted", e);
        }
    }

    private static RegistryUnavailableException unavailable(HttpRequest request, String why, Throwable cause) {
        return new RegistryUnavailableException(
                "the schema registry could not be reached for %s %s: %s; check schema.registry.url and that it runs"
                        .formatted(request.method(), request.uri(), why),
                cause);
    }
}
