package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.right;
import static io.freshet.evaluator.gate.Given.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.Budget;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Guards;
import io.freshet.evaluator.policy.Slices;
import io.freshet.evaluator.policy.Superseded;
import io.freshet.evaluator.policy.Watch;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A real gate and what it is told: held-out examples of one partition, checkpoints numbered from 0 (the genesis), scores and
 * commands. With {@code restarts} a new gate goes on, on the same tables, before every event.
 */
final class GateRun {

    static final Instant NOW = Instant.ofEpochMilli(1_000);

    /** One bet of 0.9: after n examples in a row that the champion alone gets wrong R = 1.9 (1.9^n - 1) / 0.9. */
    static final Watch WATCH = new Watch(60, 1e-6, 0, List.of(0.9));

    private final GatePolicy policy;
    private final boolean restarts;
    private final GateState state = InMemory.state();
    private final List<SpecificRecord> said = new ArrayList<>();
    private Gate gate;
    private int commands;

    GateRun(GatePolicy policy) {
        this(policy, false);
    }

    GateRun(GatePolicy policy, boolean restarts) {
        this.policy = policy;
        this.restarts = restarts;
        this.gate = newGate();
    }

    /** Ten wins without a loss promote the first candidate: E = 2^11 / 11 = 186, above 1/alpha_1 = 32.9. */
    static GatePolicy policy(Approval approval, Superseded superseded, OptionalDouble anchor, Optional<Watch> watch) {
        return policy(new GatePolicy(0.05, 0.05, 10, 50, 20, 1_000), approval, superseded, anchor, watch);
    }

    static GatePolicy policy(
            GatePolicy plain, Approval approval, Superseded superseded, OptionalDouble anchor, Optional<Watch> watch) {
        return new GatePolicy(
                plain.objective(),
                plain.primary(),
                plain.logLossClip(),
                plain.alpha(),
                plain.futilityAlpha(),
                plain.minPairs(),
                plain.maxPairs(),
                plain.patience(),
                plain.lookback(),
                Budget.E_LOND,
                anchor,
                Guards.NONE,
                Slices.NONE,
                superseded,
                approval,
                watch);
    }

    static GatePolicy watching() {
        return policy(Approval.AUTOMATIC, Superseded.NEWEST, OptionalDouble.empty(), Optional.of(WATCH));
    }

    static GatePolicy byPerson() {
        return policy(Approval.PERSON, Superseded.NEWEST, OptionalDouble.empty(), Optional.of(WATCH));
    }

    private Gate newGate() {
        return new Gate(policy, 5, state, said::add);
    }

    private Gate gate() {
        if (restarts) {
            gate = newGate();
        }
        return gate;
    }

    void restart() {
        gate = newGate();
    }

    /** Examples arrive at offsets {@code from} up to {@code to}, exclusive. */
    GateRun arrive(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            gate().arrived(0, offset);
        }
        return this;
    }

    GateRun publish(long... checkpoints) {
        for (long checkpoint : checkpoints) {
            gate().checkpoint(manifest(checkpoint), NOW);
        }
        return this;
    }

    GateRun publish(CheckpointManifest manifest) {
        gate().checkpoint(manifest, NOW);
        return this;
    }

    /** Two checkpoints answer offsets {@code from} up to {@code to}, exclusive; only the first one rightly. */
    GateRun beats(long better, long worse, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            tell(wrong(id(worse), 0, offset));
            tell(right(id(better), 0, offset));
        }
        return this;
    }

    /** Checkpoints answer offsets {@code from} up to {@code to}, exclusive, all rightly. */
    GateRun agree(long from, long to, long... checkpoints) {
        for (long offset = from; offset < to; offset++) {
            for (long checkpoint : checkpoints) {
                tell(right(id(checkpoint), 0, offset));
            }
        }
        return this;
    }

    GateRun tell(ExampleScore score) {
        gate().scored(score, NOW);
        return this;
    }

    GateRun idle() {
        gate().idle(NOW);
        return this;
    }

    GateRun garbled(String what) {
        gate().garbled(what, NOW);
        return this;
    }

    /** A person gives a command under an id of its own, in view of the present champion. */
    GateRun order(String command, @Nullable String target) {
        List<ChampionUpdate> reigns = all(ChampionUpdate.class);
        return order(
                command,
                target,
                reigns.isEmpty() ? null : reigns.get(reigns.size() - 1).getSequence());
    }

    GateRun order(String command, @Nullable String target, @Nullable Long champion) {
        return give(command(command, target, "command-" + ++commands, champion));
    }

    GateRun give(ControlCommand command) {
        gate().commanded(command, NOW);
        return this;
    }

    static ControlCommand command(String command, @Nullable String target, String id, @Nullable Long champion) {
        return ControlCommand.newBuilder()
                .setCommand(command)
                .setWho("ada")
                .setReason("because")
                .setTarget(target)
                .setTime(NOW)
                .setId(id)
                .setChampion(champion)
                .build();
    }

    List<SpecificRecord> said() {
        return List.copyOf(said);
    }

    GateRun forget() {
        said.clear();
        return this;
    }

    /** Returns the first offset that the last record of a trial counts. */
    long first() {
        return last(Trial.class).getFirstOffsets().get(0);
    }

    <T> List<T> all(Class<T> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T last(Class<T> type) {
        List<T> all = all(type);
        assertThat(all).as(type.getSimpleName()).isNotEmpty();
        return all.get(all.size() - 1);
    }
}
