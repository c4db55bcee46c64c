package io.freshet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.core.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** {@code champion.json} in the cache: which champion was served last. Replaced atomically; unknown fields are passed over. */
final class ServedFile {

    static final String NAME = "champion.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Path file;

    ServedFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    /**
     * Returns what the file says, or nothing where there is no file.
     *
     * @throws IOException if it cannot be read or does not name a champion
     */
    Optional<Served> read() throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            JsonNode previous = root.path("previous");
            return Optional.of(new Served(
                    champion(root.path("current")),
                    previous.isObject() ? Optional.of(champion(previous)) : Optional.empty()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(
                    "%s does not name a champion (%s); delete it, the next champion writes it anew"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    void write(Served served) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("current", json(served.current()));
        served.previous().ifPresent(previous -> root.set("previous", json(previous)));
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        Files.createDirectories(directory);
        Path temporary = directory.resolve(NAME + "." + UUID.randomUUID() + ".partial");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Champion champion(JsonNode node) {
        List<ChampionFile> files = new ArrayList<>();
        for (JsonNode file : node.path("files")) {
            files.add(new ChampionFile(
                    file.path("path").asText(),
                    new StoredFile(
                            file.path("sha256").asText(), file.path("size").asLong(-1))));
        }
        JsonNode accuracy = node.path("heldOutAccuracy");
        return new Champion(
                node.path("sequence").asLong(),
                node.path("checkpoint").asText(),
                node.path("reason").asText(),
                node.path("why").isTextual() ? Optional.of(node.path("why").asText()) : Optional.empty(),
                accuracy.isNumber() ? OptionalDouble.of(accuracy.asDouble()) : OptionalDouble.empty(),
                node.path("store").asText(),
                files);
    }

    private static ObjectNode json(Champion champion) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("sequence", champion.sequence())
                .put("checkpoint", champion.checkpoint())
                .put("reason", champion.reason())
                .put("store", champion.store());
        champion.heldOutAccuracy().ifPresent(accuracy -> node.put("heldOutAccuracy", accuracy));
        champion.why().ifPresent(why -> node.put("why", why));
        ArrayNode files = node.putArray("files");
        for (ChampionFile file : champion.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("sha256", file.stored().sha256())
                    .put("size", file.stored().size());
        }
        return node;
    }
}
