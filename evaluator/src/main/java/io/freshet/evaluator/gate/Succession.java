package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateState.Role.ANCHOR;
import static io.freshet.evaluator.gate.GateState.Role.CHAMPION;
import static io.freshet.evaluator.gate.GateState.Role.FORMER;
import static io.freshet.evaluator.gate.GateState.Role.PREDECESSOR;

import io.freshet.schemas.CheckpointManifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who reigns, who reigned before, whom candidates are held against (the anchor), and who may not come back by itself. A
 * rollback takes off the line of predecessors everybody down to the one that is restored; they stay known, so that a person may
 * still restore one of them.
 */
final class Succession {

    /** Earlier champions that are remembered, of each kind. */
    static final int REMEMBERED = 1_000;

    private static final String BARRED = "barred/";
    private static final String ANCHOR_FAILED = "anchor.failed";

    private final Table<CheckpointManifest> manifests;
    private final Table<long[]> counters;

    Succession(GateState state) {
        this.manifests = state.manifests();
        this.counters = state.counters();
    }

    Reign reign() {
        return Reign.fromLongs(counters.get(Reign.KEY));
    }

    void save(Reign reign) {
        counters.put(Reign.KEY, reign.toLongs());
    }

    /** Returns who reigns, or null before the first. */
    @Nullable
    CheckpointManifest champion() {
        return manifests.get(CHAMPION.name());
    }

    /** Returns who reigns, where somebody does. */
    CheckpointManifest reigning() {
        CheckpointManifest champion = champion();
        if (champion == null) {
            throw new IllegalStateException("nobody reigns yet");
        }
        return champion;
    }

    /** Returns whom candidates are held against; the first champion until a person moved it. */
    CheckpointManifest anchor() {
        CheckpointManifest anchor = manifests.get(ANCHOR.name());
        return anchor == null ? reigning() : anchor; // null in state from before there were anchors
    }

    /** The first champion ever, which is the first anchor too. */
    void crown(CheckpointManifest manifest) {
        save(reign().crowned());
        manifests.put(CHAMPION.name(), manifest);
        manifests.put(ANCHOR.name(), manifest);
    }

    /** A candidate takes over. */
    void promote(CheckpointManifest candidate, Offsets decidedBy) {
        put(PREDECESSOR.key(reign().sequence()), reigning(), PREDECESSOR);
        save(reign().promoted(decidedBy));
        manifests.put(CHAMPION.name(), candidate);
        counters.remove(BARRED + candidate.getId());
    }

    /**
     * An earlier champion reigns again; the one that reigned is barred.
     *
     * @param used end of what a watch over the present champion has used
     */
    void restore(CheckpointManifest earlier, Offsets used) {
        CheckpointManifest fallen = reigning();
        long sequence = reign().sequence();
        counters.put(BARRED + fallen.getId(), new long[] {sequence});
        counters.remove(BARRED + earlier.getId());
        put(FORMER.key(sequence), fallen, FORMER);
        List<String> line = manifests.keys(PREDECESSOR.name());
        int at = line.size() - 1;
        while (at >= 0 && !idAt(line.get(at)).equals(earlier.getId())) {
            at--;
        }
        for (String over : at < 0 ? List.<String>of() : line.subList(at, line.size())) {
            CheckpointManifest passedOver = manifests.get(over);
            if (passedOver != null && !passedOver.getId().equals(earlier.getId())) {
                put(FORMER.name() + over.substring(PREDECESSOR.name().length()), passedOver, FORMER);
            }
            manifests.remove(over);
        }
        save(reign().restored(used));
        manifests.put(CHAMPION.name(), earlier);
    }

    void moveAnchor(CheckpointManifest to) {
        manifests.put(ANCHOR.name(), to);
        counters.remove(ANCHOR_FAILED);
    }

    /** The anchor cannot be scored: until a person moves it, nobody can be held against it. */
    void failAnchor() {
        counters.put(ANCHOR_FAILED, new long[] {1});
    }

    boolean anchorFailed() {
        return counters.get(ANCHOR_FAILED) != null;
    }

    /** Returns who reigned before the champion, leaving out whoever was rolled back. */
    Optional<CheckpointManifest> predecessor() {
        List<String> line = manifests.keys(PREDECESSOR.name());
        return line.isEmpty() ? Optional.empty() : Optional.ofNullable(manifests.get(line.get(line.size() - 1)));
    }

    /** Returns an earlier champion, or the anchor; the reigning champion is none. */
    Optional<CheckpointManifest> earlier(String id) {
        return Stream.of(PREDECESSOR, FORMER, ANCHOR)
                .flatMap(role -> manifests.keys(role.name()).stream())
                .filter(key -> idAt(key).equals(id) && !reigning().getId().equals(id))
                .findFirst()
                .map(manifests::get);
    }

    /** Whether a checkpoint was rolled back and nobody has brought it back since. */
    boolean barred(String id) {
        return counters.get(BARRED + id) != null;
    }

    private void put(String key, CheckpointManifest manifest, GateState.Role role) {
        manifests.put(key, manifest);
        List<String> all = manifests.keys(role.name() + "/");
        if (all.size() > REMEMBERED) {
            manifests.remove(all.get(0));
        }
    }

    private String idAt(String key) {
        CheckpointManifest manifest = manifests.get(key);
        return manifest == null ? "" : manifest.getId();
    }
}
