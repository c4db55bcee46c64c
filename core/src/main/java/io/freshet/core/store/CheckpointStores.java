package io.freshet.core.store;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens a checkpoint store by its address. */
public final class CheckpointStores {

    private CheckpointStores() {}

    /**
     * Opens {@code file:///directory} (made when absent) or {@code s3://bucket/prefix} (the bucket must exist).
     *
     * @param uri the address, as in the setting {@code checkpoint.store} or in a manifest
     * @param settings may hold {@code checkpoint.store.s3.*}; other keys are not looked at
     * @throws IllegalArgumentException if the address is not one of the two
     * @throws io.freshet.core.config.ConfigException if the settings of S3 are unusable
     * @throws IOException if the directory cannot be made
     */
    public static CheckpointStore open(String uri, Map<String, String> settings) throws IOException {
        URI parsed = parse(uri);
        String scheme = String.valueOf(parsed.getScheme());
        if (scheme.equals("file") && parsed.getPath() != null && parsed.getAuthority() == null) {
            return new FileCheckpointStore(Path.of(parsed.getPath()));
        }
        if (scheme.equals("s3")) {
            return new S3CheckpointStore(S3Address.of(parsed), S3Settings.from(settings));
        }
        throw unusable(uri, null);
    }

    private static URI parse(String uri) {
        try {
            return URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw unusable(uri, e);
        }
    }

    private static IllegalArgumentException unusable(String uri, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "%s = '%s' is not a checkpoint store; write file:///directory or s3://bucket/prefix"
                        .formatted(CommonConfig.STORE, uri),
                cause);
    }
}
