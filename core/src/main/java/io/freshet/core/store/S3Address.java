package io.freshet.core.store;

import java.net.URI;

/**
 * A place in S3.
 *
 * @param bucket bucket, not empty
 * @param prefix what keys begin with, without a slash at either end; may be empty
 */
record S3Address(String bucket, String prefix) {

    S3Address {
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("the bucket is empty");
        }
    }

    static S3Address of(URI uri) {
        String bucket = uri.getAuthority(); // not getHost: bucket names may hold underscores
        if (bucket == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("'%s' does not name a bucket; write s3://bucket/prefix".formatted(uri));
        }
        return new S3Address(bucket, uri.getPath().replaceAll("^/+|/+$", ""));
    }

    URI uri() {
        return URI.create(prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix);
    }

    String key(StoredFile file) {
        String name = file.sha256().substring(0, 2) + "/" + file.sha256();
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }
}
