package io.freshet.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Hashes files, and copies bytes to a file that appears only when they are complete, on disk and the right ones. */
final class VerifiedCopy {

    /** How the names of unfinished copies end. */
    static final String PARTIAL = ".partial";

    /** An unfinished copy that nobody has written to for so long was left behind by a process that was killed. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private VerifiedCopy() {}

    /** Returns hash and size of a file's content. */
    static StoredFile describe(Path file) throws IOException {
        return describe(file, OutputStream.nullOutputStream());
    }

    /** The same, the bytes it read copied to {@code copy} as well, which is closed. */
    static StoredFile describe(Path file, OutputStream copy) throws IOException {
        MessageDigest digest = digest("SHA-256");
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(copy, digest)) {
            long size = in.transferTo(out);
            return new StoredFile(HexFormat.of().formatHex(digest.digest()), size);
        }
    }

    /**
     * Copies {@code in} to {@code target} by way of a temporary file in {@code directory}, which must be on the same
     * file system.
     *
     * @param source names where the bytes come from, for the message
     * @throws CorruptFileException if the bytes are not those of {@code expected}; {@code target} is then untouched
     */
    static void write(InputStream in, StoredFile expected, Path directory, Path target, String source)
            throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve(target.getFileName() + "." + UUID.randomUUID() + PARTIAL);
        try {
            StoredFile written = copy(in, temporary);
            if (!written.equals(expected)) {
                throw new CorruptFileException(
                        "%s holds %d bytes with SHA-256 %s, not the %d bytes with SHA-256 %s that were asked for; delete it and put the file again"
                                .formatted(
                                        source, written.size(), written.sha256(), expected.size(), expected.sha256()));
            }
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (parent != null) {
                forceDirectory(parent);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Deletes the copies in {@code directory} that killed processes left unfinished. */
    static void sweep(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Instant oldest = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
            for (Path partial : partials) {
                if (abandoned(partial, oldest)) {
                    Files.deleteIfExists(partial);
                }
            }
        }
    }

    private static boolean abandoned(Path partial, Instant oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(partial).toInstant().isBefore(oldest);
        } catch (NoSuchFileException e) {
            return false; // another process finished it just now
        }
    }

    private static StoredFile copy(InputStream in, Path to) throws IOException {
        MessageDigest digest = digest("SHA-256");
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            long size = in.transferTo(out);
            channel.force(true);
            return new StoredFile(HexFormat.of().formatHex(digest.digest()), size);
        }
    }

    /** Makes a rename survive a power cut; Linux and macOS let a directory be opened for that. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("this Java has no " + algorithm, e));
        }
    }
}
