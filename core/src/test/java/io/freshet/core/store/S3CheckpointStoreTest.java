package io.freshet.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.config.ConfigException;
import io.freshet.core.config.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class S3CheckpointStoreTest extends StoreContract {

    private static final String BUCKET = "models";
    private static BlobStoreContext context;
    private static BlobStore blobs;
    private static S3Proxy proxy;

    private CheckpointStore store;

    @BeforeAll
    static void startProxy() throws Exception {
        context = ContextBuilder.newBuilder("transient-nio2")
                .credentials("unused", "unused")
                .build(BlobStoreContext.class);
        blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, BUCKET);
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AK", "s3cret")
                .build();
        proxy.start();
    }

    @AfterAll
    static void stopProxy() throws Exception {
        proxy.stop();
        context.close();
    }

    @BeforeEach
    void emptyBucket() {
        blobs.clearContainer(BUCKET);
        store = open("s3://models/checkpoints/", "s3cret");
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    CheckpointStore store() {
        return store;
    }

    @Override
    void corrupt(StoredFile file, byte[] bytes) throws IOException {
        blobs.putBlob(
                BUCKET,
                blobs.blobBuilder(key())
                        .payload(bytes)
                        .contentLength(bytes.length)
                        .build());
    }

    @Test
    void neverOverwritesAnObject() throws IOException {
        store.put(file("a", "hello"));
        corrupt(new StoredFile(HELLO, 5), "HELLO".getBytes(StandardCharsets.UTF_8));

        store.put(file("a", "hello"));

        assertThat(blobs.getBlob(BUCKET, key()).getPayload().openStream()).hasContent("HELLO");
    }

    @Test
    void refusesAnObjectOfAnotherSize() throws IOException {
        corrupt(new StoredFile(HELLO, 5), new byte[3]);
        assertThatThrownBy(() -> store.put(file("a", "hello")))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("s3://models/" + key())
                .hasMessageContaining("3 bytes instead of 5");
    }

    @Test
    void saysWhatWentWrongWhenTheSecretIsWrong() {
        try (CheckpointStore wrong = open("s3://models", "guess")) {
            assertThatThrownBy(() -> wrong.put(file("a", "hello")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("s3://models/2c/" + HELLO)
                    .hasMessageContaining("403");
        }
    }

    @Test
    void namesABucketThatDoesNotExist() {
        try (CheckpointStore wrong = open("s3://nowhere/x", "s3cret")) {
            assertThatThrownBy(() -> wrong.put(file("a", "hello")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("s3://nowhere/x/2c");
        }
    }

    @Test
    void tellsItsAddressWithoutATrailingSlash() {
        assertThat(store.uri()).hasToString("s3://models/checkpoints");
    }

    @Test
    void namesAnEndpointThatIsNotAnAddress() {
        assertThatThrownBy(() -> CheckpointStores.open("s3://models", Map.of(S3Settings.ENDPOINT, "minio")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("minio for configuration checkpoint.store.s3.endpoint: must begin with http://");
    }

    private static String key() {
        return "checkpoints/2c/" + HELLO;
    }

    private static CheckpointStore open(String uri, String secret) {
        try {
            return CheckpointStores.open(
                    uri,
                    Map.of(
                            S3Settings.ENDPOINT,
                            "http://127.0.0.1:" + proxy.getPort(),
                            S3Settings.PATH_STYLE,
                            "true",
                            S3Settings.ACCESS_KEY,
                            "AK",
                            S3Settings.SECRET_KEY,
                            secret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
