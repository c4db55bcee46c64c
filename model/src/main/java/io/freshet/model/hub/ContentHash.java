package io.freshet.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a file's bytes hash to.
 *
 * @param kind how
 * @param hex lower case
 */
record ContentHash(Kind kind, String hex) {

    /** The two hashes that a hub states. */
    enum Kind {
        /** Of large files. */
        SHA256("SHA-256", 64),
        /** Git's name of a blob: SHA-1 of {@code blob}, the length and the bytes. */
        GIT_BLOB("SHA-1", 40);

        private final String algorithm;
        private final Pattern rule;

        Kind(String algorithm, int digits) {
            this.algorithm = algorithm;
            this.rule = Pattern.compile("[0-9a-f]{%d}".formatted(digits));
        }

        /** Returns a digest that wants the bytes of a file of {@code size} bytes. */
        MessageDigest digest(long size) {
            try {
                MessageDigest digest = MessageDigest.getInstance(algorithm);
                if (this == GIT_BLOB) {
                    digest.update("blob %d\0".formatted(size).getBytes(StandardCharsets.US_ASCII));
                }
                return digest;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }
    }

    ContentHash {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!kind.rule.matcher(hex).matches()) {
            throw new IllegalArgumentException("'%s' is not a %s".formatted(hex, kind));
        }
    }

    static ContentHash of(Kind kind, MessageDigest digest) {
        return new ContentHash(kind, HexFormat.of().formatHex(digest.digest()));
    }

    /** Hashes a file in the same way. */
    ContentHash sameOf(Path file) throws IOException {
        MessageDigest digest = kind.digest(Files.size(file));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return of(kind, digest);
    }

    @Override
    public String toString() {
        return (kind == Kind.SHA256 ? "sha256 " : "git blob ") + hex;
    }
}
