package io.freshet.cli.command;

import io.freshet.schemas.KeyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes keys to sign commands with. */
@Command(
        name = "keys",
        description = "Makes keys to sign commands to the gate with.",
        footerHeading = "%nExample:%n",
        footer = "  freshet keys generate --name ann --out keys")
final class KeysCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be done: freshet keys generate");
    }

    @Command(
            name = "generate",
            description =
                    "Makes a pair (Ed25519): NAME.key.pem to keep, readable by you alone, and NAME.pub.pem for the gate.",
            footerHeading = "%nExample:%n",
            footer = "  freshet keys generate --name ann --out keys")
    int generate(
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory; made if absent.")
                    Path directory,
            @Option(
                            names = "--name",
                            defaultValue = "${sys:user.name:-me}",
                            paramLabel = "NAME",
                            description = "The key's name; ${DEFAULT-VALUE} if not said.")
                    String name)
            throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new ParameterException(
                    spec.commandLine(), "--name %s: use letters, digits, '.', '_' and '-'".formatted(name));
        }
        Files.createDirectories(directory);
        Path secret = directory.resolve(name + ".key.pem");
        Path open = directory.resolve(name + ".pub.pem");
        KeyPair pair = pair();
        write(secret, KeyFiles.pem(pair.getPrivate()), "rw-------");
        write(open, KeyFiles.pem(pair.getPublic()), "rw-r--r--");
        spec.commandLine().getOut().println("""
                        private key  %s: keep it; sign with --key %s --key-id %s
                        public key   %s: copy it to the gate and add it to its settings:
                        control.keys=%s:%s""".formatted(
                        secret, secret, name, open, name, open.toAbsolutePath().normalize()));
        return ExitCode.DONE;
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is missing from this JVM", e);
        }
    }

    /** The rights are there from the first byte on, where the file system knows such. */
    private void write(Path file, String text, String rights) throws IOException {
        FileAttribute<?>[] attributes = Files.getFileStore(file.toAbsolutePath().getParent())
                        .supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), "%s exists already; choose another --name or --out".formatted(file), e);
        }
    }
}
