package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryTlsTest {

    private static final String SECRET = "changeit";
    private static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();

    @TempDir
    private static Path directory;

    private static RegistryDouble server;

    @BeforeAll
    static void start() throws Exception {
        Path keys = directory.resolve("keys.p12");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=registry", "-ext", "san=ip:127.0.0.1");
        keytool(
                keys,
                "-exportcert",
                "-rfc",
                "-file",
                directory.resolve("registry.pem").toString());
        server = RegistryDouble.secured(context(keys));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void trustsACertificateOfAKeyStore() {
        int id = register(Map.of(
                RegistryConfig.TRUSTSTORE,
                directory.resolve("keys.p12").toString(),
                RegistryConfig.TRUSTSTORE_PASSWORD,
                SECRET));

        assertThat(id).isPositive();
    }

    @Test
    void trustsACertificateOfAPemFile() {
        int id = register(Map.of(
                RegistryConfig.TRUSTSTORE,
                directory.resolve("registry.pem").toString(),
                RegistryConfig.TRUSTSTORE_TYPE,
                "PEM"));

        assertThat(id).isPositive();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedAtOnce() {
        Map<String, String> patient = Map.of(RegistryConfig.RETRY_TIMEOUT, "3600000");

        assertThatThrownBy(() -> register(patient))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(RegistryConfig.TRUSTSTORE);
    }

    private static int register(Map<String, String> settings) {
        return SchemaRegistry.connect(server.url(), settings).register("things-value", SCHEMA);
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, SECRET.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path keys, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                SECRET,
                                "-alias",
                                "registry"),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as("%s", command).isZero();
    }
}
