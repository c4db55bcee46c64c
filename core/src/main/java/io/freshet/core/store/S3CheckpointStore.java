package io.freshet.core.store;

import io.freshet.core.config.S3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A store in an S3 bucket: {@code prefix/ab/abcd…} holds the file whose SHA-256 is {@code abcd…}. Objects are written with
 * {@code If-None-Match: *}, so one that is there is never overwritten, whoever else writes at the same time.
 */
final class S3CheckpointStore implements CheckpointStore {

    /** What one PutObject request may carry: 5 GiB. */
    static final long MAX_FILE_BYTES = 5L << 30;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int PUT_ATTEMPTS = 3;

    private final S3Client client;
    private final S3Address address;

    S3CheckpointStore(S3Address address, S3Settings settings) {
        this.address = address;
        this.client = S3Clients.connect(settings);
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public StoredFile put(Path file) throws IOException {
        MessageDigest md5 = VerifiedCopy.digest("MD5");
        StoredFile stored = VerifiedCopy.describe(file, new DigestOutputStream(OutputStream.nullOutputStream(), md5));
        if (stored.size() > MAX_FILE_BYTES) {
            throw new IOException(
                    "%s has %d bytes, more than the %d that one S3 object takes in one request; save the model in smaller shards"
                            .formatted(file, stored.size(), MAX_FILE_BYTES));
        }
        try {
            if (!holds(stored)) {
                upload(file, stored, Base64.getEncoder().encodeToString(md5.digest()));
            }
            return stored;
        } catch (SdkException e) {
            throw new IOException("cannot store %s as %s: %s".formatted(file, where(stored), e.getMessage()), e);
        }
    }

    @Override
    public void fetch(StoredFile file, Path target) throws IOException {
        try (InputStream in =
                client.getObject(request -> request.bucket(address.bucket()).key(address.key(file)))) {
            VerifiedCopy.write(in, file, FileCheckpointStore.directoryOf(target), target, where(file));
        } catch (NoSuchKeyException e) {
            throw new MissingFileException(
                    "%s has no file %s; it was deleted, or the store is not the one that the manifest names"
                            .formatted(uri(), file.sha256()),
                    e);
        } catch (SdkException e) {
            throw new IOException("cannot fetch %s: %s".formatted(where(file), e.getMessage()), e);
        }
    }

    private boolean holds(StoredFile file) throws CorruptFileException {
        try {
            HeadObjectResponse head = client.headObject(
                    request -> request.bucket(address.bucket()).key(address.key(file)));
            if (head.contentLength() != file.size()) {
                throw new CorruptFileException(
                        "%s has %d bytes instead of %d; delete that object and put the file again"
                                .formatted(where(file), head.contentLength(), file.size()));
            }
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void upload(Path file, StoredFile stored, String md5) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(address.bucket())
                .key(address.key(stored))
                .ifNoneMatch("*")
                .contentMD5(md5) // the upload is refused if the file changed after it was hashed
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                client.putObject(request, RequestBody.fromFile(file));
                return;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    return; // somebody else stored the same bytes first
                }
                if (e.statusCode() != CONFLICT || attempt == PUT_ATTEMPTS) {
                    throw e; // a conflict with a concurrent conditional put is settled by asking again
                }
            }
        }
    }

    private String where(StoredFile file) {
        return "s3://%s/%s".formatted(address.bucket(), address.key(file));
    }

    @Override
    public void close() {
        client.close();
    }
}
