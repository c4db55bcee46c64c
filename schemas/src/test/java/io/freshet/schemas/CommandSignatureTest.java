package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandSignatureTest {

    private static final String MODEL = "demo";

    // Packed by Python's struct; signed by OpenSSL 3 (pkeyutl -sign -rawin) with the secret key of RFC 8032, 7.1, test
    // 1.
    private static final String CANONICAL =
            "00000011667265736865742d636f6d6d616e642d310000000464656d6f00000008726f6c6c6261636b000000045a6fc3ab"
                    + "0000000f776f727365206f6e2022636172642200000008632d3030303030370000000d31373030303030303030313233"
                    + "0000000430623166000000013400000003616e6e";
    private static final String WITHOUT_THE_OPTIONAL =
            "00000011667265736865742d636f6d6d616e642d310000000464656d6f00000004686f6c6400000003616e6e"
                    + "0000000a6c6f6f6b206669727374ffffffff0000000d31373030303030303030313233"
                    + "0000000430623230ffffffffffffffff";
    private static final String SIGNATURE = "baa28f791319d252af152081aaf5f3b8ed10d72b6d4e045fa81f572fe1ca4753"
            + "368915ab9d6a28c8b77927b7611e5ac236963d80c35720c3c46fe60850305d09";
    private static final String PRIVATE_PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;
    private static final String PUBLIC_PEM = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    private Path folder;

    @Test
    void writesTheCanonicalFormAsSpecified() {
        assertThat(HexFormat.of().formatHex(CommandSignature.canonical(MODEL, rollback())))
                .isEqualTo(CANONICAL);
    }

    @Test
    void tellsNullFromEmptyInTheCanonicalForm() {
        ControlCommand hold = ControlCommand.newBuilder(rollback())
                .setCommand("hold")
                .setWho("ann")
                .setReason("look first")
                .setTarget(null)
                .setId("0b20")
                .setChampion(null)
                .setKeyId(null)
                .build();

        assertThat(HexFormat.of().formatHex(CommandSignature.canonical(MODEL, hold)))
                .isEqualTo(WITHOUT_THE_OPTIONAL);
        assertThat(CommandSignature.canonical(
                        MODEL, ControlCommand.newBuilder(hold).setTarget("").build()))
                .isNotEqualTo(CommandSignature.canonical(MODEL, hold));
    }

    @Test
    void signsAsOpenSslDoes() throws Exception {
        ControlCommand signed = CommandSignature.sign(MODEL, rollback(), "ann", privateKey());

        assertThat(signed.getKeyId()).isEqualTo("ann");
        assertThat(signed.getSignature())
                .isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(SIGNATURE)));
        assertThat(CommandSignature.verify(MODEL, signed, publicKey())).isTrue();
    }

    @Test
    void stillHoldsAfterTheWire() throws Exception {
        ControlCommand signed = CommandSignature.sign(MODEL, rollback(), "ann", privateKey());

        TrustedClasses.install();
        ControlCommand read = ControlCommand.fromByteBuffer(signed.toByteBuffer());

        assertThat(CommandSignature.verify(MODEL, read, publicKey())).isTrue();
        assertThat(CommandSignature.verify(MODEL, read, publicKey()))
                .as("again: checking does not use the signature up")
                .isTrue();
    }

    @Test
    void holdsForNoOtherField() throws Exception {
        ControlCommand signed = CommandSignature.sign(MODEL, rollback(), "ann", privateKey());
        List<Consumer<ControlCommand.Builder>> changes = List.of(
                command -> command.setCommand("pin"),
                command -> command.setWho("eve"),
                command -> command.setReason(null),
                command -> command.setTarget("c-000008"),
                command -> command.setTime(signed.getTime().plusMillis(1)),
                command -> command.setId("0b2f"),
                command -> command.setChampion(5L),
                command -> command.setKeyId("bob"));

        for (Consumer<ControlCommand.Builder> change : changes) {
            ControlCommand.Builder changing = ControlCommand.newBuilder(signed);
            change.accept(changing);
            ControlCommand changed = changing.build();
            assertThat(CommandSignature.verify(MODEL, changed, publicKey()))
                    .as("%s", changed)
                    .isFalse();
        }
        assertThat(changes)
                .as("every field but the signature")
                .hasSize(ControlCommand.getClassSchema().getFields().size() - 1);
    }

    @Test
    void holdsForNoOtherModelAndNoOtherKey() throws Exception {
        ControlCommand signed = CommandSignature.sign(MODEL, rollback(), "ann", privateKey());

        assertThat(CommandSignature.verify("demo2", signed, publicKey())).isFalse();
        assertThat(CommandSignature.verify(MODEL, signed, newKey("Ed25519").getPublic()))
                .isFalse();
    }

    @Test
    void takesNoBytesThatAreNoSignature() throws Exception {
        ControlCommand signed = CommandSignature.sign(MODEL, rollback(), "ann", privateKey());
        for (byte[] bytes : List.of(new byte[0], new byte[63], new byte[64], new byte[65])) {
            assertThat(CommandSignature.verify(MODEL, with(signed, ByteBuffer.wrap(bytes)), publicKey()))
                    .as("%d bytes", bytes.length)
                    .isFalse();
        }
        assertThat(CommandSignature.verify(MODEL, with(signed, null), publicKey()))
                .isFalse();
    }

    @Test
    void refusesToSignWithAKeyOfAnotherKind() throws Exception {
        PrivateKey rsa = newKey("RSA").getPrivate();

        assertThatThrownBy(() -> CommandSignature.sign(MODEL, rollback(), "ann", rsa))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RSA")
                .hasMessageContaining("Ed25519");
    }

    @Test
    void writesKeysAsItReadsThem() throws Exception {
        assertThat(KeyFiles.pem(publicKey())).isEqualTo(PUBLIC_PEM);
        assertThat(KeyFiles.pem(privateKey())).isEqualTo(PRIVATE_PEM);
    }

    @Test
    void saysWhatIsWrongWithAFileOfAKey() throws Exception {
        assertThatThrownBy(() -> KeyFiles.publicKey(write(PRIVATE_PEM)))
                .hasMessageContaining("has no block \"BEGIN PUBLIC KEY\"");
        assertThatThrownBy(() ->
                        KeyFiles.publicKey(write(KeyFiles.pem(newKey("Ed448").getPublic()))))
                .hasMessageContaining("is not one of Ed25519");
        assertThatThrownBy(() ->
                        KeyFiles.privateKey(write(KeyFiles.pem(newKey("RSA").getPrivate()))))
                .hasMessageContaining("is not one of Ed25519");
        assertThatThrownBy(
                        () -> KeyFiles.publicKey(write("-----BEGIN PUBLIC KEY-----\nMCo\n-----END PUBLIC KEY-----\n")))
                .hasMessageContaining("is not one of Ed25519");
    }

    private static ControlCommand with(ControlCommand signed, @Nullable ByteBuffer signature) {
        return ControlCommand.newBuilder(signed).setSignature(signature).build();
    }

    private static KeyPair newKey(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static ControlCommand rollback() {
        return ControlCommand.newBuilder()
                .setCommand("rollback")
                .setWho("Zoë")
                .setReason("worse on \"card\"")
                .setTarget("c-000007")
                .setTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .setId("0b1f")
                .setChampion(4L)
                .setKeyId("ann")
                .build();
    }

    private PrivateKey privateKey() throws Exception {
        return KeyFiles.privateKey(write(PRIVATE_PEM));
    }

    private PublicKey publicKey() throws Exception {
        return KeyFiles.publicKey(write(PUBLIC_PEM));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("key.pem"), text);
    }
}
