package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateState.Role.CANDIDATE;
import static io.freshet.evaluator.gate.GateState.Role.PASSED;
import static io.freshet.evaluator.gate.GateState.Role.WAITING;

import io.freshet.evaluator.policy.Superseded;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Checkpoints on their way to the throne: those that wait for a trial, the one on trial, and the one that has passed and waits to
 * be let through. Who is given up on the way is said as a decision.
 */
final class Candidates {

    /** Most that wait where the policy lets them queue. */
    static final int MOST_WAITING = 100;

    private final GateState state;
    private final Superseded superseded;
    private final Succession succession;
    private final Consumer<SpecificRecord> out;

    /** Why a candidate is given up. */
    enum Dropped {
        NEWER_WAITS("candidate.newer", "a newer one takes its place"),
        QUEUE_FULL("queue.full", "%d candidates wait already and it is the oldest".formatted(MOST_WAITING)),
        NEWER_PASSED("candidate.newer", "a newer one has passed its trial"),
        NEWER_REIGNS("champion.moved", "a newer one reigns");

        private final String code;
        private final String words;

        Dropped(String code, String words) {
            this.code = code;
            this.words = words;
        }

        String code() {
            return code;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param superseded whether older candidates keep their turn
     * @param out takes Decision records
     */
    Candidates(GateState state, Superseded superseded, Succession succession, Consumer<SpecificRecord> out) {
        this.state = state;
        this.superseded = superseded;
        this.succession = succession;
        this.out = out;
    }

    /** A checkpoint waits for a trial; where only the newest may, no older one does any more. */
    void await(CheckpointManifest manifest, Instant time) {
        state.manifests().put(WAITING.key(manifest.getSequence()), manifest);
        List<String> waiting = waiting();
        boolean queue = superseded == Superseded.QUEUE;
        int tooMany = waiting.size() - (queue ? MOST_WAITING : 1);
        for (String key : waiting.subList(0, Math.max(0, tooMany))) {
            CheckpointManifest old = manifest(key);
            state.manifests().remove(key);
            drop(old, queue ? Dropped.QUEUE_FULL : Dropped.NEWER_WAITS, time);
        }
    }

    boolean anyWaits() {
        return !waiting().isEmpty();
    }

    /** Takes the next candidate, the oldest that waits, and puts it on trial. */
    CheckpointManifest next() {
        String key = waiting().get(0);
        CheckpointManifest manifest = manifest(key);
        state.manifests().remove(key);
        state.manifests().put(CANDIDATE.name(), manifest);
        return manifest;
    }

    /** Returns who is on trial. */
    CheckpointManifest onTrial() {
        return manifest(CANDIDATE.name());
    }

    /** The trial is over. */
    void offTrial() {
        state.manifests().remove(CANDIDATE.name());
    }

    /** A candidate has passed and waits to be let through; nobody else does any more. */
    void pass(Passed passed, Instant time) {
        dropPassed(Dropped.NEWER_PASSED, time);
        state.manifests().put(PASSED.name(), passed.manifest());
        state.trials().put(Passed.KEY, passed.trial());
        state.counters().put(Passed.KEY, passed.toLongs());
    }

    /** Gives up who has passed and waits to be let through, if anybody does. */
    void dropPassed(Dropped why, Instant time) {
        passed().ifPresent(before -> {
            forgetPassed();
            drop(before.manifest(), why, time);
        });
    }

    /** Returns who has passed and waits to be let through. */
    Optional<Passed> passed() {
        CheckpointManifest manifest = state.manifests().get(PASSED.name());
        Trial trial = state.trials().get(Passed.KEY);
        long[] rest = state.counters().get(Passed.KEY);
        return manifest == null || trial == null || rest == null
                ? Optional.empty()
                : Optional.of(Passed.fromLongs(manifest, trial, rest));
    }

    void forgetPassed() {
        state.manifests().remove(PASSED.name());
        state.trials().remove(Passed.KEY);
        state.counters().remove(Passed.KEY);
    }

    /** Returns a waiting candidate, if it is one. */
    Optional<CheckpointManifest> waiting(String id) {
        return waiting().stream()
                .map(this::manifest)
                .filter(manifest -> manifest.getId().equals(id))
                .findFirst();
    }

    /** Lets a waiting candidate go. */
    void remove(CheckpointManifest manifest) {
        waiting().stream()
                .filter(key -> manifest(key).getId().equals(manifest.getId()))
                .forEach(state.manifests()::remove);
    }

    private void drop(CheckpointManifest candidate, Dropped why, Instant time) {
        out.accept(ReignRecords.superseded(succession.reign().sequence(), candidate, why, time));
    }

    private List<String> waiting() {
        return state.manifests().keys(WAITING.name());
    }

    private CheckpointManifest manifest(String key) {
        return Objects.requireNonNull(
                state.manifests().get(key), () -> "manifest " + key + " is missing from the gate's state");
    }
}
