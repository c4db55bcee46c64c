package io.freshet.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys as PEM files (RFC 7468): public ones as X.509's SubjectPublicKeyInfo, private ones as PKCS#8. */
public final class KeyFiles {

    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";

    private KeyFiles() {}

    /**
     * Reads a public key.
     *
     * @throws IOException if the file cannot be read or holds no public key of Ed25519; says which
     */
    public static PublicKey publicKey(Path file) throws IOException {
        byte[] der = der(file, PUBLIC);
        try {
            return factory().generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw notOurs(file, PUBLIC, e);
        }
    }

    /**
     * Reads a private key.
     *
     * @throws IOException if the file cannot be read or holds no private key of Ed25519 in the clear; says which
     */
    public static PrivateKey privateKey(Path file) throws IOException {
        byte[] der = der(file, PRIVATE);
        try {
            return factory().generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw notOurs(file, PRIVATE, e);
        }
    }

    /** Returns {@code key} as PEM. */
    public static String pem(PublicKey key) {
        return pem(PUBLIC, key);
    }

    /** Returns {@code key} as PEM, in the clear. */
    public static String pem(PrivateKey key) {
        return pem(PRIVATE, key);
    }

    private static String pem(String what, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body);
    }

    private static byte[] der(Path file, String what) throws IOException {
        // As Latin-1 every byte is a character, so that a binary file is told as what it is not, not as broken UTF-8.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher block = Pattern.compile("-----BEGIN %1$s-----([A-Za-z0-9+/=\\s]*)-----END %1$s-----".formatted(what))
                .matcher(text);
        if (!block.find()) {
            throw new IOException("%s has no block \"BEGIN %s\"; give a PEM file, as freshet keys generate writes it"
                    .formatted(file, what));
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw notOurs(file, what, e);
        }
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519");
    }

    private static IOException notOurs(Path file, String what, Exception cause) {
        return new IOException(
                "the %s in %s is not one of Ed25519 (%s); make one with freshet keys generate"
                        .formatted(what, file, cause.getMessage()),
                cause);
    }
}
