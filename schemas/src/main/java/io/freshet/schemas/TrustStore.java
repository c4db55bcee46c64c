package io.freshet.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Turns a file of trusted certificates into the TLS context of a client. */
final class TrustStore {

    private TrustStore() {}

    /** @throws ConfigException if the file cannot be read as the type that is configured */
    static SSLContext context(RegistryConfig config) {
        Path file = Path.of(config.truststore());
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = config.truststoreType().equals("PEM") ? pem(in) : keyStore(in, config);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            ConfigException failure = new ConfigException(
                    RegistryConfig.TRUSTSTORE,
                    file,
                    "cannot be read as %s (%s); check %s and %s"
                            .formatted(
                                    config.truststoreType(),
                                    e,
                                    RegistryConfig.TRUSTSTORE_TYPE,
                                    RegistryConfig.TRUSTSTORE_PASSWORD));
            failure.initCause(e);
            throw failure;
        }
    }

    private static KeyStore keyStore(InputStream in, RegistryConfig config)
            throws IOException, GeneralSecurityException {
        String password = config.truststorePassword().value();
        KeyStore store = KeyStore.getInstance(config.truststoreType());
        char @Nullable [] secret = password.isEmpty() ? null : password.toCharArray();
        store.load(in, secret);
        return store;
    }

    private static KeyStore pem(InputStream in) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int index = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("trusted-" + index++, certificate);
        }
        return store;
    }
}
