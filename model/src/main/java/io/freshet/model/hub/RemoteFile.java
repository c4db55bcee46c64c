package io.freshet.model.hub;

/**
 * A file on a hub.
 *
 * @param name path in the repository, without anything that leaves it
 * @param size bytes
 * @param hash of its content
 */
record RemoteFile(String name, long size, ContentHash hash) {

    RemoteFile {
        if (size < 0) {
            throw new IllegalArgumentException("file '%s' has %d bytes".formatted(name, size));
        }
    }
}
