package io.freshet.model.hub;

import java.util.List;

/**
 * What a pull left in its directory.
 *
 * @param commit that the revision stood for
 * @param fetched files that came over the network
 * @param kept files that were there and have the right hash
 * @param bytes of all of them
 */
public record Pulled(String commit, List<String> fetched, List<String> kept, long bytes) {

    public Pulled {
        fetched = List.copyOf(fetched);
        kept = List.copyOf(kept);
    }
}
