package io.freshet.cli.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What people call a checkpoint: its id, the beginning of it, or {@code champion}. */
final class CheckpointName {

    static final String CHAMPION = "champion";

    private static final int NEAREST = 3;
    private static final int LISTED = 10;

    private CheckpointName() {}

    /**
     * Returns the id that is meant.
     *
     * @param known ids of all checkpoints
     * @param champion id of the reigning one, if any reigns
     * @throws UnknownCheckpointException naming the nearest ids, or those that begin so
     */
    static String resolve(String name, Collection<String> known, Optional<String> champion) {
        if (known.contains(name)) {
            return name;
        }
        if (name.equals(CHAMPION)) {
            return champion.orElseThrow(() -> new UnknownCheckpointException(
                    "no champion reigns yet; the first checkpoint of the trainer becomes it"));
        }
        List<String> matching =
                known.stream().filter(id -> id.startsWith(name)).sorted().toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        throw new UnknownCheckpointException(matching.isEmpty() ? unknown(name, known) : ambiguous(name, matching));
    }

    private static String ambiguous(String name, List<String> matching) {
        String more = matching.size() > LISTED ? ", ..." : "";
        return "%d checkpoints begin with '%s': %s%s; say more of the id"
                .formatted(
                        matching.size(),
                        name,
                        String.join(", ", matching.subList(0, Math.min(LISTED, matching.size()))),
                        more);
    }

    private static String unknown(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "'%s' is no checkpoint: there is none yet".formatted(name);
        }
        List<String> nearest = new ArrayList<>(known);
        nearest.sort(Comparator.comparingInt((String id) -> distance(name, id)).thenComparing(id -> id));
        return "'%s' is none of the %d checkpoints; the nearest: %s"
                .formatted(
                        name, known.size(), String.join(", ", nearest.subList(0, Math.min(NEAREST, nearest.size()))));
    }

    /** Letters to change, add or leave out to make {@code name} the beginning of {@code id} (Levenshtein, one row at a time). */
    static int distance(String name, String id) {
        int[] row = new int[id.length() + 1];
        for (int j = 0; j <= id.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= name.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= id.length(); j++) {
                int same = diagonal + (name.charAt(i - 1) == id.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        int least = row[0];
        for (int distance : row) {
            least = Math.min(least, distance);
        }
        return least;
    }
}
