package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderUsageTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approve",
                "reject c1",
                "hold",
                "hold c1 --reason x",
                "rollback",
                "rollback c1",
                "pin",
                "resume c1",
                "approve c1 --key k.pem",
                "approve c1 --key-id ann",
                "approve c1 --timeout 0",
                "approve c1 --champion first",
                "keys",
                "keys generate"
            })
    void exitsWith64WithoutWhatTheCommandNeeds(String arguments) {
        Outcome outcome = Outcome.of(arguments.split(" "));

        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).startsWith("freshet: ");
    }

    @Test
    void saysHowToNameAClusterWhereNoneRuns() {
        Outcome outcome = Outcome.of("approve", "c1", "--data", directory.toString());

        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).contains("--bootstrap-servers").contains("freshet approve --help");
    }

    @Test
    void asksForAReasonWhereTheLogNeedsOne() {
        assertThat(Outcome.of("rollback", "c1").err()).contains("rollback needs --reason TEXT");
    }

    @Test
    void refusesToSignWithAFileThatHoldsNoKeyBeforeAnythingIsSent() throws IOException {
        Path file = Files.writeString(directory.resolve("no.pem"), "no key");
        Outcome outcome = Outcome.of("approve", "c1", "--key", file.toString(), "--key-id", "ann");

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).contains("no.pem").contains("BEGIN PRIVATE KEY");
    }

    @Test
    void makesAPairOfWhichThePrivateKeyIsItsOwnersAlone() throws IOException {
        Path out = directory.resolve("keys");
        Outcome outcome = Outcome.of("keys", "generate", "--name", "ann", "--out", out.toString());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("control.keys=ann:" + out.resolve("ann.pub.pem").toAbsolutePath())
                .contains("--key-id ann");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("ann.key.pem"))))
                .isEqualTo("rw-------");
        KeyFiles.privateKey(out.resolve("ann.key.pem"));
        KeyFiles.publicKey(out.resolve("ann.pub.pem"));
    }

    @Test
    void overwritesNoKey() throws IOException {
        assertThat(Outcome.of("keys", "generate", "--name", "ann", "--out", directory.toString())
                        .code())
                .isZero();
        String before = Files.readString(directory.resolve("ann.key.pem"));

        Outcome again = Outcome.of("keys", "generate", "--name", "ann", "--out", directory.toString());

        assertThat(again.code()).isEqualTo(64);
        assertThat(again.err()).contains("ann.key.pem exists already");
        assertThat(Files.readString(directory.resolve("ann.key.pem"))).isEqualTo(before);
    }
}
