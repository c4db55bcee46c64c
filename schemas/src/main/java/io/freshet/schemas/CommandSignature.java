package io.freshet.schemas;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 signatures (RFC 8032) of commands.
 *
 * <p>What is signed, the canonical form: {@value #VERSION}, the model's name, then the fields {@code command}, {@code who},
 * {@code reason}, {@code target}, {@code time} (milliseconds since 1970), {@code id}, {@code champion} and {@code keyId} in
 * this order; each as its length in bytes (32 bits, signed, big-endian) and its UTF-8, numbers in decimal; null is the length
 * -1 and nothing else. The model's name is in it so that a command to one model cannot be replayed to another.
 */
public final class CommandSignature {

    static final String VERSION = "freshet-command-1";

    private static final String ALGORITHM = "Ed25519";

    private CommandSignature() {}

    /** Returns what is signed of {@code command} to the model of that name; its signature has no part in it. */
    public static byte[] canonical(String model, ControlCommand command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Long champion = command.getChampion();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, VERSION);
            write(out, model);
            write(out, command.getCommand());
            write(out, command.getWho());
            write(out, command.getReason());
            write(out, command.getTarget());
            write(out, Long.toString(command.getTime().toEpochMilli()));
            write(out, command.getId());
            write(out, champion == null ? null : champion.toString());
            write(out, command.getKeyId());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of an array: cannot happen
        }
        return bytes.toByteArray();
    }

    /**
     * Returns {@code command} signed.
     *
     * @param keyId name under which those who check know the public key
     * @throws IllegalArgumentException if {@code key} is not one of Ed25519
     */
    public static ControlCommand sign(String model, ControlCommand command, String keyId, PrivateKey key) {
        ControlCommand.Builder signed = ControlCommand.newBuilder(command).setKeyId(keyId);
        byte[] canonical = canonical(model, signed.setSignature(null).build());
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(canonical);
            return signed.setSignature(ByteBuffer.wrap(signature.sign())).build();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "a key of %s cannot sign commands; use one of %s".formatted(key.getAlgorithm(), ALGORITHM), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this JVM", e);
        }
    }

    /** Returns whether the holder of {@code key} signed exactly this command to the model of that name. */
    public static boolean verify(String model, ControlCommand command, PublicKey key) {
        ByteBuffer found = command.getSignature();
        if (found == null) {
            return false;
        }
        byte[] bytes = new byte[found.remaining()];
        found.duplicate().get(bytes);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(canonical(model, command));
            return signature.verify(bytes);
        } catch (SignatureException | InvalidKeyException e) {
            return false; // not 64 bytes, no point of the curve, or a key of another kind
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this JVM", e);
        }
    }

    private static void write(DataOutputStream out, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
