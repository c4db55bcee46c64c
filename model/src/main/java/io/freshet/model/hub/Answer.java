package io.freshet.model.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to a request, behind all redirects.
 *
 * @param status 200 or 206, or another that the caller asked to see
 * @param headers of the server that holds the bytes
 * @param hub headers of the hub itself, which may have redirected to that server
 * @param from the address that answered
 * @param body what follows
 */
record Answer(int status, HttpHeaders headers, HttpHeaders hub, URI from, BodyPieces body) implements AutoCloseable {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    OptionalLong length() {
        return headers.firstValueAsLong("Content-Length");
    }

    /**
     * Reads all of it.
     *
     * @throws HubException if it has more than {@code limit} bytes
     */
    byte[] bytes(int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<ByteBuffer> piece = body.next(); piece != null; piece = body.next()) {
            for (ByteBuffer part : piece) {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                bytes.writeBytes(copy);
            }
            if (bytes.size() > limit) {
                throw new HubException(
                        "%s answers more than %d bytes; check the endpoint".formatted(HubHttp.shown(from), limit));
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        body.close();
    }
}
