package io.freshet.client;

import io.freshet.core.store.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * The local directory of champions' files: {@code files/<sha256>} holds each file once, {@code models/<champion>/} the
 * directory to open, made of hard links (copies where the file system has none), so that what two champions share is
 * fetched and kept once. Everything appears by an atomic rename, so several processes may share a cache: what one cleans
 * away under another, the other fetches again.
 */
final class ModelCache {

    private final Path root;

    /**
     * @param root made when absent; one directory a model name
     */
    ModelCache(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path files() {
        return root.resolve("files");
    }

    Path models() {
        return root.resolve("models");
    }

    /** Returns where {@code champion} is opened from; whether it is there is another matter. */
    Path directory(Champion champion) {
        return models().resolve(champion.directoryName());
    }

    /**
     * Makes the champion's directory complete: fetches what is absent or has gone bad, and verifies size and hash of all.
     *
     * @return the directory to open
     * @throws IOException if the store cannot give a file or the disk cannot take it
     */
    Path prepare(Champion champion, StoreSource stores) throws IOException {
        Path directory = directory(champion);
        for (ChampionFile file : champion.files()) {
            Path kept = files().resolve(file.stored().sha256());
            if (!FileDigest.matches(kept, file.stored())) {
                Files.createDirectories(files());
                CheckpointStore store = stores.open(champion.store());
                store.fetch(file.stored(), kept);
            }
            place(kept, directory, file);
        }
        return directory;
    }

    /** Puts a verified file where the model expects it. */
    private static void place(Path kept, Path directory, ChampionFile file) throws IOException {
        Path target = directory.resolve(file.path());
        if (Files.exists(target) && (Files.isSameFile(kept, target) || FileDigest.matches(target, file.stored()))) {
            return;
        }
        Files.createDirectories(parentOf(target));
        Path temporary = parentOf(target).resolve(UUID.randomUUID() + ".partial");
        try {
            link(kept, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path parentOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file in the cache has a parent");
    }

    private static void link(Path existing, Path link) throws IOException {
        try {
            Files.createLink(link, existing);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(existing, link); // no hard links here, or no more of them for this file
        }
    }
}
