package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.PolicyFile;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.GuardFinding;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SliceScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/** A gate with an open trial of the first candidate against the genesis, under the policy of a file. */
final class GateUnderPolicy {

    static final String CHAMPION = id(0);
    static final String CANDIDATE = id(1);

    private static final Instant NOW = Instant.ofEpochMilli(1_000);

    private final GateState state = InMemory.state();
    private final List<SpecificRecord> said = new ArrayList<>();
    private Gate gate;
    private long next;

    /** @param yaml text of the policy file */
    GateUnderPolicy(String yaml) {
        gate = new Gate(PolicyFile.fromYaml(yaml, "classification"), 100, state, said::add);
        gate.checkpoint(manifest(0), NOW);
        gate.checkpoint(manifest(1), NOW);
    }

    /** Goes on in a new gate on the same tables. */
    void restart(GatePolicy policy) {
        gate = new Gate(policy, 100, state, said::add);
    }

    /** Another checkpoint appears. */
    void publish(long sequence) {
        gate.checkpoint(manifest(sequence), NOW);
    }

    /** One pair of answers without anything beside. */
    GateUnderPolicy pair(boolean championRight, boolean candidateRight) {
        return pair(championRight, candidateRight, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * One pair.
     *
     * @param champion what is special about the champion's score, as {@code candidate} of the candidate's
     */
    GateUnderPolicy pair(
            boolean championRight,
            boolean candidateRight,
            UnaryOperator<ExampleScore.Builder> champion,
            UnaryOperator<ExampleScore.Builder> candidate) {
        gate.arrived(0, next);
        gate.scored(champion.apply(answer(CHAMPION, championRight)).build(), NOW);
        gate.scored(candidate.apply(answer(CANDIDATE, candidateRight)).build(), NOW);
        next++;
        return this;
    }

    /** Pairs alike in which only the candidate is right. */
    GateUnderPolicy wins(int count) {
        for (int i = 0; i < count; i++) {
            pair(false, true);
        }
        return this;
    }

    /** Pairs alike in which both are right. */
    GateUnderPolicy agree(int count) {
        for (int i = 0; i < count; i++) {
            pair(true, true);
        }
        return this;
    }

    private ExampleScore.Builder answer(String checkpoint, boolean right) {
        return ExampleScore.newBuilder(right ? Given.right(checkpoint, 0, next) : Given.wrong(checkpoint, 0, next));
    }

    /** Lets the gate say how an undecided trial stands. */
    Evaluation standing() {
        return last(Evaluation.class);
    }

    boolean promoted() {
        return all(ChampionUpdate.class).size() > 1;
    }

    Trial trial() {
        return all(Trial.class).get(0);
    }

    String outcome() {
        return String.valueOf(last(Trial.class).getOutcome());
    }

    SliceScore slice(String name) {
        return standing().getSlices().stream()
                .filter(slice -> slice.getSlice().equals(name))
                .findFirst()
                .orElseThrow();
    }

    GuardFinding guard(String name) {
        return standing().getGuards().stream()
                .filter(guard -> guard.getGuard().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Pair> pairs() {
        return all(Pair.class);
    }

    /** Keys of everything that the gate counts. */
    List<String> counters() {
        return state.counters().keys("");
    }

    List<SpecificRecord> said() {
        return said;
    }

    <T> List<T> all(Class<T> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> T last(Class<T> type) {
        List<T> all = all(type);
        return all.get(all.size() - 1);
    }
}
