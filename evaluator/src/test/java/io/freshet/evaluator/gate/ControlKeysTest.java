package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.core.config.ConfigException;
import io.freshet.schemas.CommandSignature;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlKeysTest {

    @TempDir
    private Path folder;

    @Test
    void needsNoSignatureByDefault() {
        assertThat(config("").commandCheck().objection(hold())).isEmpty();
    }

    @Test
    void checksCommandsWithTheKeysOfItsFiles() throws Exception {
        KeyPair ann = write("ann.pem", "Ed25519");
        KeyPair bob = write("bob.pem", "Ed25519");
        CommandCheck check = config("ann:%s, bob:%s".formatted(folder.resolve("ann.pem"), folder.resolve("bob.pem")))
                .commandCheck();

        assertThat(check.objection(hold())).isPresent();
        assertThat(check.objection(CommandSignature.sign("freshet", hold(), "ann", ann.getPrivate())))
                .isEmpty();
        assertThat(check.objection(CommandSignature.sign("freshet", hold(), "bob", bob.getPrivate())))
                .isEmpty();
        assertThat(check.objection(CommandSignature.sign("freshet", hold(), "bob", ann.getPrivate())))
                .isPresent();
    }

    @Test
    void namesEveryProblemOfTheKeysAtOnce() throws Exception {
        write("ann.pem", "Ed25519");
        write("rsa.pem", "RSA");
        Path ann = folder.resolve("ann.pem");
        String keys = "ann:%s, ann:%s, bob:%s, carl:%s, dora"
                .formatted(ann, ann, folder.resolve("none.pem"), folder.resolve("rsa.pem"));

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> config(keys));

        assertThat(problem)
                .hasMessageContaining("the name ann is given twice")
                .hasMessageContaining("none.pem, does not exist")
                .hasMessageContaining("the PUBLIC KEY in %s is not one of Ed25519".formatted(folder.resolve("rsa.pem")))
                .hasMessageContaining("\"dora\" is not name:path");
    }

    private KeyPair write(String name, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        Files.writeString(folder.resolve(name), KeyFiles.pem(pair.getPublic()));
        return pair;
    }

    private static GateConfig config(String keys) {
        Map<String, String> given = new HashMap<>();
        given.put("bootstrap.servers", "127.0.0.1:1");
        given.put("schema.registry.url", "http://127.0.0.1:2");
        given.put("model.name", "freshet");
        given.put("control.keys", keys);
        return GateConfig.from(given);
    }

    private static ControlCommand hold() {
        return ControlCommand.newBuilder()
                .setCommand("hold")
                .setWho("ann")
                .setReason("look first")
                .setTime(Instant.EPOCH)
                .setId("id-1")
                .build();
    }
}
