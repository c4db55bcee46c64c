package io.freshet.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes from a cache what none of the champions to keep consists of. */
final class CacheCleaner {

    /** What the cache itself calls its files; anything else, such as a file that is being fetched, is left alone. */
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private CacheCleaner() {}

    /**
     * @param kept the current champion, the previous one and every one that is still open
     * @throws IOException if something cannot be removed; what could be is gone
     */
    static void clean(ModelCache cache, Collection<Champion> kept) throws IOException {
        Set<String> directories = kept.stream().map(Champion::directoryName).collect(Collectors.toSet());
        Set<String> hashes = kept.stream()
                .flatMap(champion -> champion.files().stream())
                .map(file -> file.stored().sha256())
                .collect(Collectors.toSet());
        for (Path directory : list(cache.models())) {
            if (!directories.contains(nameOf(directory))) {
                deleteTree(directory);
            }
        }
        for (Path file : list(cache.files())) {
            String name = nameOf(file);
            if (SHA256.matcher(name).matches() && !hashes.contains(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
