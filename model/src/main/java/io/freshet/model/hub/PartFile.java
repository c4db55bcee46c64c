package io.freshet.model.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that was fetched so far, beside the file that it becomes. Its name holds the hash of the whole, so
 * that it is never continued with another version; the server's tag of the version lies beside it. Locked while open.
 */
final class PartFile implements AutoCloseable {

    private static final int HASH_DIGITS = 12;
    private static final int BUFFER = 1 << 16;

    private final RemoteFile file;
    private final Path target;
    private final Path path;
    private final Path tag;
    private final FileChannel channel;
    private MessageDigest digest;
    private long length;
    private boolean continued;

    private PartFile(RemoteFile file, Path target, Path path, FileChannel channel) {
        this.file = file;
        this.target = target;
        this.path = path;
        this.tag = path.resolveSibling(path.getFileName() + ".etag");
        this.channel = channel;
        this.digest = file.hash().kind().digest(file.size());
    }

    /**
     * Opens it, and hashes what is there.
     *
     * @throws HubException if another process is writing it
     */
    static PartFile open(Path directory, RemoteFile file) throws IOException {
        Path path = path(directory, file);
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (lock(channel) == null) {
                throw new HubException(
                        "%s is being written by another process; wait until it has ended".formatted(path));
            }
            PartFile part = new PartFile(file, directory.resolve(file.name()), path, channel);
            part.resume();
            return part;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static Path path(Path directory, RemoteFile file) {
        return directory.resolve(
                "%s.%s.part".formatted(file.name(), file.hash().hex().substring(0, HASH_DIGITS)));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void resume() throws IOException {
        if (channel.size() > file.size()) {
            restart();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (channel.read(buffer.clear()) >= 0) {
            length += buffer.flip().remaining();
            digest.update(buffer);
        }
        continued = length > 0;
    }

    /** Returns how many of its bytes are there. */
    long length() {
        return length;
    }

    boolean complete() {
        return length == file.size();
    }

    /** Returns the tag of the version that the bytes are from. */
    Optional<String> tag() throws IOException {
        return Files.isRegularFile(tag) ? Optional.of(Files.readString(tag)) : Optional.empty();
    }

    void tag(Optional<String> value) throws IOException {
        if (value.isPresent()) {
            Files.writeString(tag, value.get(), StandardCharsets.UTF_8);
        } else {
            Files.deleteIfExists(tag);
        }
    }

    /** Forgets all bytes. */
    void restart() throws IOException {
        channel.truncate(0);
        Files.deleteIfExists(tag);
        digest = file.hash().kind().digest(file.size());
        length = 0;
        continued = false;
    }

    /**
     * Adds bytes at the end.
     *
     * @throws HubException if there are more than the file has, or the disk does not take them
     */
    void append(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > file.size() - length) {
            throw new HubException("more than the %d bytes of %s came, though the hub lists no more; check the endpoint"
                    .formatted(file.size(), file.name()));
        }
        digest.update(bytes.duplicate());
        length += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) { // which no other request would change
            throw unwritable(e);
        }
    }

    private HubException unwritable(IOException e) {
        return new HubException("%s cannot be written: %s".formatted(path, e.getMessage()), e);
    }

    /** Says that what comes next continues what is there. */
    void continued() {
        continued = true;
    }

    /**
     * Makes a complete part the file, if its hash is right; a reader of the directory sees all of it or nothing.
     *
     * @return where it is
     * @throws PassingException if the hash is wrong and it was put together from parts, which are then forgotten
     * @throws HubException if the hash is wrong though it came in one go; it is then removed
     */
    Path publish() throws IOException {
        ContentHash hash = ContentHash.of(file.hash().kind(), digest);
        if (!hash.equals(file.hash())) {
            String what = "%s has %s but the hub lists %s".formatted(file.name(), hash, file.hash());
            if (continued) {
                restart();
                throw new PassingException(what + ": its parts do not fit together");
            }
            Files.deleteIfExists(path);
            Files.deleteIfExists(tag);
            throw new HubException(
                    what + ": it was changed on its way, or is damaged there; try again, or take another revision");
        }
        try {
            channel.force(true);
            Files.deleteIfExists(tag);
            return Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
