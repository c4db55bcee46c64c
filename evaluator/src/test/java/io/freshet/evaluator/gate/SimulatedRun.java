package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.score;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A stream of examples, a tenth of them held out, a model that learns from it, and a scorer that is faster than the trainer,
 * around a real gate.
 *
 * <p>Whether a checkpoint is right on an example follows from the example's difficulty, uniform in [0, 1): right where the
 * checkpoint's accuracy is above it, but for a share of examples that every checkpoint answers by its own chance. So checkpoints
 * agree mostly, as neighbouring ones do, and disagree both ways.
 */
final class SimulatedRun {

    private static final Instant NOW = Instant.EPOCH;
    private static final int BATCH = 64;

    private final int stream;
    private final int every;
    private final double chance;
    private final DoubleUnaryOperator accuracy;
    private final SplittableRandom random;
    private final List<Double> difficulty = new ArrayList<>();
    private final Map<String, Integer> trained = new HashMap<>();
    private final Map<String, Integer> scored = new HashMap<>();
    private final List<ChampionUpdate> champions = new ArrayList<>();
    private final Gate gate;
    private @Nullable Trial open;
    private int published;
    private int trials;

    /**
     * @param policy the gate's policy
     * @param stream examples in the stream
     * @param every examples between two checkpoints
     * @param chance share of examples that a checkpoint answers by its own chance, in [0, 1]
     * @param accuracy of a checkpoint, by the share of the stream it was trained on
     */
    SimulatedRun(GatePolicy policy, int stream, int every, double chance, DoubleUnaryOperator accuracy, long seed) {
        this.gate = new Gate(policy, 100, InMemory.state(), this::hear);
        this.stream = stream;
        this.every = every;
        this.chance = chance;
        this.accuracy = accuracy;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs to the end of the stream.
     *
     * @param ahead how many examples are published before the trainer has learned from them, at least 1
     */
    SimulatedRun run(int ahead) {
        publish(ahead);
        checkpoint(0);
        for (int at = 1; at <= stream; at++) {
            publish(at + ahead);
            if (at % every == 0) {
                checkpoint(at);
            }
            scoreAll();
        }
        return this;
    }

    List<ChampionUpdate> champions() {
        return champions;
    }

    int trials() {
        return trials;
    }

    double accuracyOf(String checkpoint) {
        return accuracy.applyAsDouble((double) trained.getOrDefault(checkpoint, 0) / stream);
    }

    private void publish(int to) {
        while (published < Math.min(stream, to)) {
            published++;
            if (published % 10 == 0) {
                gate.arrived(0, difficulty.size());
                difficulty.add(random.nextDouble());
            }
        }
    }

    private void checkpoint(int at) {
        trained.put(id(at / every), at);
        gate.checkpoint(manifest(at / every), NOW);
    }

    private void scoreAll() {
        Trial trial = open;
        boolean more = trial != null;
        while (more && trial != null) {
            int answers = scoreBatch(trial, trial.getChampion()) + scoreBatch(trial, trial.getCandidate());
            more = answers > 0;
            trial = open;
        }
    }

    private int scoreBatch(Trial trial, String checkpoint) {
        long first =
                trial.getFirstOffsets().isEmpty() ? 0 : trial.getFirstOffsets().get(0);
        int from = (int) Math.max(first, scored.getOrDefault(checkpoint, 0));
        int to = Math.min(difficulty.size(), from + BATCH);
        for (int offset = from; offset < to; offset++) {
            boolean right = right(checkpoint, offset);
            gate.scored(score(checkpoint, 0, offset, null, right ? "yes" : "no", right ? 0.7 : 0.1, null), NOW);
        }
        scored.put(checkpoint, Math.max(from, to));
        return Math.max(0, to - from);
    }

    private boolean right(String checkpoint, int offset) {
        SplittableRandom own = new SplittableRandom(checkpoint.hashCode() * 1_000_003L + offset);
        double level = accuracyOf(checkpoint);
        return own.nextDouble() < chance ? own.nextDouble() < level : difficulty.get(offset) < level;
    }

    private void hear(SpecificRecord said) {
        if (said instanceof Trial trial) {
            open = trial.getState().equals("open") ? trial : null;
            trials += open == null ? 0 : 1;
        } else if (said instanceof ChampionUpdate update) {
            champions.add(update);
        }
    }
}
