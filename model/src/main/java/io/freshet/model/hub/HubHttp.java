package io.freshet.model.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to a hub and to the servers that it redirects to. The token goes to the hub alone, which is why redirects are
 * followed here and not by the client.
 */
final class HubHttp {

    /** Bytes are asked for from some offset on, and there are none. */
    static final int NO_SUCH_RANGE = 416;

    private static final int MOST_REDIRECTS = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final HubAccess access;
    private final Duration patience;
    private final HttpClient client;

    /** @param patience longest wait for an answer or for its next bytes */
    HubHttp(HubAccess access, Duration patience) {
        this.access = access;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    URI address(String path) {
        return URI.create(access.endpoint() + path);
    }

    /**
     * Gets an address.
     *
     * @param what is asked for, for messages
     * @return status 200, 206 or 416; the caller closes it
     * @throws HubException if the hub refuses in a way that repeating does not change
     * @throws PassingException if it may answer later
     */
    Answer get(URI address, Map<String, String> headers, HubModel what) throws IOException, InterruptedException {
        URI at = address;
        HttpHeaders hub = HttpHeaders.of(Map.of(), (name, value) -> true);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<BodyPieces> response = send(at, headers);
            boolean own = access.owns(at);
            hub = own ? response.headers() : hub;
            int status = response.statusCode();
            if (status == 200 || status == 206 || status == NO_SUCH_RANGE) {
                return new Answer(status, response.headers(), hub, at, response.body());
            }
            try (BodyPieces rest = response.body()) {
                rest.drain();
            }
            if (!REDIRECTS.contains(status)) {
                throw Refusals.of(response, own, access, what);
            }
            at = next(at, response);
        }
        throw new HubException(
                "%s redirects more than %d times; check the endpoint".formatted(shown(address), MOST_REDIRECTS));
    }

    private HttpResponse<BodyPieces> send(URI at, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).header("Accept-Encoding", "identity").header("User-Agent", "freshet");
        headers.forEach(request::header);
        if (access.token() != null && access.owns(at)) {
            request.header("Authorization", access.token().header());
        }
        CompletableFuture<HttpResponse<BodyPieces>> response =
                client.sendAsync(request.build(), info -> new BodyPieces(patience));
        return await(response);
    }

    private HttpResponse<BodyPieces> await(CompletableFuture<HttpResponse<BodyPieces>> response)
            throws IOException, InterruptedException {
        try {
            return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("no answer for %d s".formatted(patience.toSeconds()));
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    private static URI next(URI at, HttpResponse<?> response) throws HubException {
        String location = response.headers().firstValue("Location").orElse("");
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException("%s redirects to what is not an address".formatted(shown(at)), e);
        }
        boolean web = "https".equalsIgnoreCase(next.getScheme())
                || ("http".equalsIgnoreCase(next.getScheme()) && "http".equalsIgnoreCase(at.getScheme()));
        if (location.isEmpty() || !web || next.getHost() == null) {
            throw new HubException("%s redirects to %s, which is not followed; check the endpoint"
                    .formatted(shown(at), location.isEmpty() ? "nowhere" : shown(next)));
        }
        return next;
    }

    /** Returns an address for messages: without its query, which may hold a signature. */
    static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return Printable.of("%s://%s%s%s".formatted(address.getScheme(), address.getHost(), port, address.getPath()));
    }
}
