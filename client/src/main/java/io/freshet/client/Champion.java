package io.freshet.client;

import io.freshet.core.store.StoredFile;
import io.freshet.schemas.ChampionUpdate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A champion as the topic {@code champions} names it.
 *
 * @param sequence counts changes of the champion, from 1
 * @param checkpoint checkpoint id, also the name of its directory in the cache
 * @param reason initial, promotion, approval or rollback
 * @param why what a person, or the gate of its own rollback, gave as the reason
 * @param heldOutAccuracy accuracy on the pairs that decided, in [0, 1]; empty for a first champion
 * @param store address of the checkpoint store that has the files
 * @param files the model's files, at least one, with distinct paths
 */
record Champion(
        long sequence,
        String checkpoint,
        String reason,
        Optional<String> why,
        OptionalDouble heldOutAccuracy,
        String store,
        List<ChampionFile> files) {

    /** The reason that may take the sequence back. */
    static final String ROLLBACK = "rollback";

    private static final Pattern CHECKPOINT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    Champion {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence %d of a champion is below 1".formatted(sequence));
        }
        if (!CHECKPOINT_ID.matcher(checkpoint).matches()) {
            throw new IllegalArgumentException("checkpoint id '%s' does not match %s, so it cannot name a directory"
                    .formatted(checkpoint, CHECKPOINT_ID));
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("champion %d (%s) lists no files".formatted(sequence, checkpoint));
        }
        long paths = files.stream().map(ChampionFile::path).distinct().count();
        if (paths != files.size()) {
            throw new IllegalArgumentException("champion %d (%s) lists a path twice".formatted(sequence, checkpoint));
        }
        files = List.copyOf(files);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if no champion can be made of it, saying which rule it breaks
     */
    static Champion of(ChampionUpdate update) {
        Double accuracy = update.getHeldOutAccuracy();
        return new Champion(
                update.getSequence(),
                update.getCheckpoint(),
                update.getReason(),
                Optional.ofNullable(update.getWhy()),
                accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy),
                update.getStore(),
                update.getFiles().stream()
                        .map(file -> new ChampionFile(file.getPath(), new StoredFile(file.getSha256(), file.getSize())))
                        .toList());
    }

    /**
     * Returns a name that no other set of files has: the checkpoint id, followed by the beginning of a SHA-256 over the
     * paths and hashes, in case two clusters use the same id.
     */
    String directoryName() {
        String listing = files.stream()
                .map(file -> file.stored().sha256() + " " + file.path())
                .sorted()
                .collect(Collectors.joining("\n"));
        return checkpoint + "-" + FileDigest.sha256(listing).substring(0, 12);
    }

    boolean isRollback() {
        return reason.equals(ROLLBACK);
    }

    /** Whether both are the same files under the same number, so that loading one serves for the other. */
    boolean sameModel(Champion other) {
        return sequence == other.sequence && checkpoint.equals(other.checkpoint) && files.equals(other.files);
    }
}
