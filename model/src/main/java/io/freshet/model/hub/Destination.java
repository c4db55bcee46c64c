package io.freshet.model.hub;

import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The directory that a model is fetched into. What is there and is not the model's is never written over. */
final class Destination {

    private final Path directory;

    private Destination(Path directory) {
        this.directory = directory;
    }

    /** Opens it; makes it if it is not there. */
    static Destination open(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new HubException("%s is not a directory; choose another".formatted(directory), e);
        }
        return new Destination(directory);
    }

    Path path() {
        return directory;
    }

    /**
     * Whether a file is there already, with the right hash.
     *
     * @throws HubException if another file of its name is there
     */
    boolean has(RemoteFile file) throws IOException {
        Path path = directory.resolve(file.name());
        if (!Files.exists(path)) {
            return false;
        }
        if (Files.isRegularFile(path) && Files.size(path) == file.size()) {
            ContentHash hash = file.hash().sameOf(path);
            if (hash.equals(file.hash())) {
                return true;
            }
        }
        throw new HubException(
                "%s is there and is not the file that the hub has (%d bytes, %s); remove it, or choose another directory"
                        .formatted(path, file.size(), file.hash()));
    }

    /** Requires that no weights are there that would be loaded instead of the model's, or beside them. */
    void requireNoWeightsBut(Set<String> names) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.sorted().toList()) {
                String name = path.getFileName().toString();
                boolean weights = name.endsWith(".safetensors") || name.equals(WeightFiles.INDEX);
                if (weights && !names.contains(name)) {
                    throw new HubException("%s is there and not of this model; remove it, or choose another directory"
                            .formatted(path));
                }
            }
        }
    }

    /** Requires room on the disk for what is to be fetched, less the parts that are here. */
    void requireRoom(List<RemoteFile> files) throws IOException {
        long bytes = 0;
        for (RemoteFile file : files) {
            Path part = PartFile.path(directory, file);
            bytes += Math.max(0, file.size() - (Files.exists(part) ? Files.size(part) : 0));
        }
        long room = Files.getFileStore(directory).getUsableSpace();
        if (room < bytes) {
            throw new HubException(
                    "%d bytes are to be fetched but %s has room for %d; free some, or choose another disk"
                            .formatted(bytes, directory, room));
        }
    }
}
