package io.freshet.model.hub;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is to be done.
 *
 * @param toFetch files that are not there, in order
 * @param bytes of all files, those that are there among them
 */
record Work(List<RemoteFile> toFetch, long bytes) {

    Work {
        toFetch = List.copyOf(toFetch);
    }

    /**
     * Looks which files are there.
     *
     * @throws HubException if the listing lacks one, or another file of its name is there
     */
    static Work plan(Listing listing, Destination destination, Collection<String> names) throws IOException {
        List<RemoteFile> toFetch = new ArrayList<>();
        long bytes = 0;
        for (String name : names) {
            RemoteFile file = listing.file(name);
            bytes += file.size();
            if (!destination.has(file)) {
                toFetch.add(file);
            }
        }
        return new Work(toFetch, bytes);
    }

    long bytesToFetch() {
        return toFetch.stream().mapToLong(RemoteFile::size).sum();
    }
}
